import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRest } from './rest.ts';
import { isOutcomeUnknown, isRestError, type RestError } from './rest-error.ts';

/** A server of one answer that keeps what it was asked. */
function restWith(answer: () => Response | Promise<Response>) {
  const asked: { url: string; init: RequestInit }[] = [];
  const outcomes: (RestError | undefined)[] = [];
  const rest = createRest({
    token: () => 'a-token',
    onOutcome: (error) => outcomes.push(error),
    fetch: async (url, init) => {
      asked.push({ url: String(url), init: init as RequestInit });
      return answer();
    },
  });
  return { rest, asked, outcomes };
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });

async function rejection(promise: Promise<unknown>): Promise<RestError> {
  const error = await promise.then(
    () => assert.fail('it was answered'),
    (reason: unknown) => reason,
  );
  assert.ok(isRestError(error));
  return error;
}

test('a call carries the token, its query without what is not given, and its body as JSON', async () => {
  const { rest, asked, outcomes } = restWith(() => json({ ok: true }));
  const query = { limit: 5, code: undefined, symbol: 'A&B' };
  assert.deepEqual(await rest('/api/x', { method: 'POST', query, body: { a: 1 } }), { ok: true });
  const [call] = asked;
  assert.ok(call);
  assert.equal(call.url, '/api/x?limit=5&symbol=A%26B');
  assert.equal((call.init.headers as Record<string, string>).authorization, 'Bearer a-token');
  assert.equal(call.init.body, '{"a":1}');
  assert.deepEqual(outcomes, [undefined]);
});

test('a refusal has the code, the sentence and every violation of the problem', async () => {
  const errors = [{ path: '/options/riskManagement/maxDrawdownPercent', message: 'must be <= 100' }];
  const problem = { code: 'OPTIONS_INVALID', detail: 'Refused as a whole.', status: 400, errors, requestId: 'r-1' };
  const { rest, outcomes } = restWith(() => json(problem, 400, { 'retry-after': '3' }));
  const error = await rejection(rest('/api/x'));
  assert.deepEqual(
    {
      code: error.code,
      status: error.status,
      message: error.message,
      violations: error.violations,
      wait: error.retryAfterSeconds,
    },
    { code: 'OPTIONS_INVALID', status: 400, message: 'Refused as a whole.', violations: errors, wait: 3 },
  );
  assert.equal(outcomes[0], error);
  assert.equal(isOutcomeUnknown(error), false);
});

test('a server that is gone and an answer that is no JSON are told apart', async () => {
  const gone = await rejection(restWith(() => Promise.reject(new TypeError('fetch failed'))).rest('/api/x'));
  assert.equal(gone.code, 'UNREACHABLE');
  assert.equal(isOutcomeUnknown(gone), true);
  const garbled = await rejection(restWith(() => new Response('<html>')).rest('/api/x'));
  assert.equal(garbled.code, 'ANSWER_UNREADABLE');
  const page = await rejection(restWith(() => new Response('<html>', { status: 502 })).rest('/api/x'));
  assert.equal(page.code, 'STATUS_502');
});

test('a status that was said to be an answer is one', async () => {
  const { rest } = restWith(() => json({ ok: false }, 503));
  assert.deepEqual(await rest('/api/health', { accept: [503] }), { ok: false });
});

test('an aborted call is nobody’s trouble', async () => {
  const stop = new AbortController();
  stop.abort();
  const { rest, outcomes } = restWith(() => Promise.reject(stop.signal.reason));
  await assert.rejects(rest('/api/x', { signal: stop.signal }), { name: 'AbortError' });
  assert.deepEqual(outcomes, []);
});
