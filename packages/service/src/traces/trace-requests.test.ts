import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { buildService } from '../build-service.ts';
import type { Service } from '../service.ts';
import { tokenOf } from '../token.ts';
import type { FinishedSpan } from './finished-span.ts';
import { traceRequests } from './trace-requests.ts';

async function tracedService(t: TestContext): Promise<{ app: Service; spans: FinishedSpan[] }> {
  const app = await buildService({
    title: 'Test',
    description: 'A test.',
    version: '1.0.0',
    host: '127.0.0.1',
    tokens: [tokenOf('ann', 'admin', 'a')],
  });
  t.after(() => app.close());
  const spans: FinishedSpan[] = [];
  traceRequests(app, { add: (span) => spans.push(span) });
  app.get('/api/things/:id', { config: { anyQuery: true } }, (request) => ({ handedOn: request.headers.traceparent }));
  app.get('/health', { config: { role: 'public' } }, () => ({}));
  app.get('/api/bug', () => {
    throw new Error('a bug');
  });
  await app.ready();
  return { app, spans };
}

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const parentSpanId = '00f067aa0ba902b7';
const token = { 'x-api-token': 'a' };

test('a request is part of the trace that it names, and hands on its own span', async (t) => {
  const { app, spans } = await tracedService(t);
  const headers = { ...token, traceparent: `00-${traceId}-${parentSpanId}-01`, 'x-request-id': 'r-1' };
  const answer = await app.inject({ url: '/api/things/7?secret=x', headers });
  const [span] = spans;
  assert.ok(span);
  assert.deepEqual(
    [span.traceId, span.parentSpanId, span.kind, span.isError],
    [traceId, parentSpanId, 'server', false],
  );
  assert.equal(span.name, 'GET /api/things/:id');
  assert.equal(answer.json().handedOn, `00-${traceId}-${span.spanId}-01`);
  assert.ok(span.endMs >= span.startMs);
  assert.deepEqual(span.attributes, {
    'http.request.method': 'GET',
    'http.route': '/api/things/:id',
    'url.path': '/api/things/7',
    'http.response.status_code': 200,
    'inspector.request_id': 'r-1',
  });
});

test('without a lawful header a trace begins; each request has its own', async (t) => {
  const { app, spans } = await tracedService(t);
  await app.inject({ url: '/api/things/1', headers: token });
  await app.inject({ url: '/api/things/1', headers: { ...token, traceparent: 'nonsense' } });
  assert.equal(spans.length, 2);
  for (const span of spans) {
    assert.equal(span.parentSpanId, undefined);
    assert.match(span.traceId, /^[0-9a-f]{32}$/);
  }
  assert.notEqual(spans[0]?.traceId, spans[1]?.traceId);
});

test('what its beginner does not want recorded is not, and that is handed on', async (t) => {
  const { app, spans } = await tracedService(t);
  const headers = { ...token, traceparent: `00-${traceId}-${parentSpanId}-00` };
  const answer = await app.inject({ url: '/api/things/1', headers });
  assert.match(answer.json().handedOn, new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
  assert.deepEqual(spans, []);
});

test('a refused, an unknown and a broken request are spans too; probes are none', async (t) => {
  const { app, spans } = await tracedService(t);
  await app.inject('/api/things/1');
  await app.inject('/nowhere');
  await app.inject({ url: '/api/bug', headers: token });
  await app.inject('/health');
  assert.deepEqual(
    spans.map(({ name, attributes, isError }) => [name, attributes['http.response.status_code'], isError]),
    [
      ['GET /api/things/:id', 401, false],
      ['GET', 404, false],
      ['GET /api/bug', 500, true],
    ],
  );
});
