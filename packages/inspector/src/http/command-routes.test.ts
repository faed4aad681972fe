import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reply } from '@inspector/engine';
import { tokenOf } from '@inspector/service';
import { testInspector } from './test-inspector.ts';

const base = '/api/inspector';

/** Each call, and the command that the engine is then told. */
const commands = [
  {
    call: { method: 'POST', url: '/risk/positions/p1/adopt', payload: { detectorSysname: 'd' } },
    command: 'adopt',
    fields: { positionId: 'p1', detectorSysname: 'd' },
  },
  { call: { method: 'POST', url: '/risk/positions/p1/adopt' }, command: 'adopt', fields: { positionId: 'p1' } },
  {
    call: { method: 'POST', url: '/risk/positions/p1/close', payload: { quantity: 1, reason: 'enough' } },
    command: 'close',
    fields: { positionId: 'p1', quantity: 1, reason: 'enough' },
  },
  {
    call: { method: 'PUT', url: '/risk/positions/p1/protection', payload: { stopLoss: 98, force: true } },
    command: 'protection',
    fields: { positionId: 'p1', stopLoss: 98, force: true },
  },
  {
    call: { method: 'POST', url: '/governor/rearm', payload: { code: 'DRAWDOWN', scope: 'account:paper:futures' } },
    command: 'rearm',
    fields: { code: 'DRAWDOWN', scope: 'account:paper:futures' },
  },
  {
    call: { method: 'POST', url: '/system/standdown', payload: { enabled: true, reason: 'news' } },
    command: 'standdown',
    fields: { enabled: true, reason: 'news' },
  },
  {
    call: { method: 'POST', url: '/kill-switch/trigger', payload: { scope: 'global', reason: 'drill', confirm: true } },
    command: 'kill-switch/trigger',
    fields: { scope: 'global', reason: 'drill', confirm: true },
  },
  {
    call: { method: 'POST', url: '/kill-switch/rearm', payload: { incidentId: 'k1', reason: 'done' } },
    command: 'kill-switch/rearm',
    fields: { incidentId: 'k1', reason: 'done' },
  },
  {
    call: { method: 'POST', url: '/lease/d1', payload: { ttlMs: 5_000 } },
    command: 'lease',
    fields: { detectorSysname: 'd1', ttlMs: 5_000 },
  },
  { call: { method: 'DELETE', url: '/lease/d1' }, command: 'lease/release', fields: { detectorSysname: 'd1' } },
] as const;

for (const { call, command, fields } of commands) {
  const { method, url } = call;
  const payload = 'payload' in call ? call.payload : undefined;
  test(`${method} ${url} ${payload === undefined ? 'without a body ' : ''}is the command ${command}`, async (t) => {
    const { app, asked, close } = await testInspector();
    t.after(close);
    const answer = await app.inject({ method, url: base + url, ...(payload === undefined ? {} : { payload }) });
    assert.equal(answer.statusCode, 200, answer.body);
    const accepted = command === 'lease' || command === 'kill-switch/trigger' ? {} : { ok: true, seq: 0 };
    assert.deepEqual(answer.json(), { ...accepted, done: true });
    assert.deepEqual(asked, [{ kind: 'command', now: 0, command, actor: 'local', fields }]);
  });
}

test('the body names the actor, else the token does', async (t) => {
  const { app, asked, close } = await testInspector({ service: { tokens: [tokenOf('tom', 'operator', 's')] } });
  t.after(close);
  const post = (payload: object) =>
    app.inject({ method: 'POST', url: `${base}/system/standdown`, payload, headers: { 'x-api-token': 's' } });
  await post({ enabled: true, reason: 'x' });
  await post({ enabled: true, reason: 'x', actor: 'ann' });
  assert.deepEqual(
    asked.map((question) => question.actor),
    ['tom', 'ann'],
  );
  assert.ok(asked.every((question) => question.kind === 'command' && !('actor' in question.fields)));
});

test("the engine's refusal is answered with its status and code", async (t) => {
  const refusal: Reply = { replyTo: 0, ok: false, status: 409, code: 'KILL_SWITCH_NOT_FLAT', message: 'not flat yet' };
  const { app, close } = await testInspector({ answer: () => refusal });
  t.after(close);
  const payload = { incidentId: 'k1', reason: 'done' };
  const answer = await app.inject({ method: 'POST', url: `${base}/kill-switch/rearm`, payload });
  assert.equal(answer.statusCode, 409);
  assert.match(answer.headers['content-type'] as string, /problem/);
  assert.deepEqual([answer.json().code, answer.json().detail], ['KILL_SWITCH_NOT_FLAT', 'not flat yet']);
});

test('while nothing can be stored the answer is 503 with Retry-After', async (t) => {
  const refusal: Reply = { replyTo: 0, ok: false, status: 503, code: 'JOURNAL_STALLED', message: 'no space left' };
  const { app, close } = await testInspector({ answer: () => refusal });
  t.after(close);
  const answer = await app.inject({ method: 'POST', url: `${base}/risk/check`, payload: { request: {} } });
  assert.equal(answer.statusCode, 503);
  assert.equal(answer.json().code, 'JOURNAL_STALLED');
  assert.equal(answer.headers['retry-after'], '1');
});

test('a trigger is answered 202 with the incident', async (t) => {
  const result = { incidentId: 'k1', phase: 'TRIGGERED', scope: 'global' };
  const { app, close } = await testInspector({ answer: () => ({ replyTo: 0, ok: true, status: 202, result }) });
  t.after(close);
  const payload = { scope: 'global', reason: 'drill', confirm: true };
  const answer = await app.inject({ method: 'POST', url: `${base}/kill-switch/trigger`, payload });
  assert.equal(answer.statusCode, 202);
  assert.deepEqual(answer.json(), result);
});

test('bodies that no command can be made of are refused before the engine', async (t) => {
  const { app, asked, close } = await testInspector();
  t.after(close);
  const wrong = [
    ['/system/standdown', {}],
    ['/system/standdown', { enabled: 'yes', reason: 'x' }],
    ['/system/standdown', { enabled: true, scope: 'planet' }],
    ['/kill-switch/trigger', { scope: 'side:paper:futures:BTCUSDT:LONG', reason: 'x', confirm: true }],
    ['/kill-switch/preview', { scope: 'global', other: 1 }],
    ['/governor/rearm', { code: 'DRAWDOWN', scope: 'global', baseline: 'perhaps' }],
    ['/lease/d1', { ttlMs: 0 }],
    ['/lease/d1', { ttlMs: 1000, onExpiry: 'explode' }],
    ['/risk/positions/p1/close', { quantity: -1 }],
    ['/risk/check', {}],
    ['/risk/check', { request: { colour: 'red' } }],
  ] as const;
  for (const [url, payload] of wrong) {
    const answer = await app.inject({ method: 'POST', url: base + url, payload });
    assert.deepEqual([answer.statusCode, answer.json().code], [400, 'VALIDATION_FAILED'], url);
    assert.ok(answer.json().errors.length > 0);
  }
  assert.equal(asked.length, 0);
});

test('values of a checked request are left to the engine, and an id is made up where none is given', async (t) => {
  const decision = { decision: 'BLOCK', code: 'REQUEST_INVALID' };
  const { app, asked, close } = await testInspector({
    answer: () => ({ replyTo: 0, ok: true, status: 200, result: decision }),
  });
  t.after(close);
  const check = (request: object) => app.inject({ method: 'POST', url: `${base}/risk/check`, payload: { request } });
  assert.deepEqual((await check({ requestId: 'r1', quantity: '1' })).json(), decision);
  await check({ quantity: 1 });
  assert.ok(asked[0]?.kind === 'check' && asked[1]?.kind === 'check');
  assert.deepEqual(asked[0].request, { requestId: 'r1', quantity: '1' });
  assert.match(asked[1].request.requestId, /^check-/);
});
