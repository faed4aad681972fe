import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type TestContext } from 'node:test';
import { type MetricDefinition, providerMetricTable } from '@inspector/contract';
import { io } from 'socket.io-client';
import { newOrder, providerForTest, type TestProvider } from '#testing/provider-for-test.ts';

async function linesOf({ url }: Pick<TestProvider, 'url'>): Promise<string[]> {
  const answer = await fetch(`${url}/metrics`);
  assert.equal(answer.status, 200);
  return (await answer.text()).split('\n');
}

const missing = (lines: readonly string[], expected: readonly string[]): string[] =>
  expected.filter((line) => !lines.includes(line));

async function target(t: TestContext): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(404).end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('has a type and a help for each metric of the table, and no other Provider metric', async (t) => {
  const lines = await linesOf(await providerForTest(t));
  const expected = Object.entries<MetricDefinition>(providerMetricTable).map(
    ([name, { type }]) => `# TYPE ${name} ${type}`,
  );
  assert.deepEqual(lines.filter((line) => line.startsWith('# TYPE provider_')).toSorted(), expected.toSorted());
  assert.deepEqual(
    missing(lines, [
      'provider_build_info{version="0.0.0"} 1',
      'provider_healthy 1',
      'provider_connector_up{connector="paper:futures"} 1',
      'provider_feed_waiting{connector="paper:futures"} 0',
      'provider_feed_dropped_total{connector="paper:futures"} 0',
      'provider_orders_refused_total{code="FENCED"} 0',
    ]),
    [],
  );
  assert.ok(lines.some((line) => line.startsWith('process_resident_memory_bytes ')));
});

test('names follow the conventions', () => {
  for (const [name, { type, labels }] of Object.entries<MetricDefinition>(providerMetricTable)) {
    assert.equal(name.endsWith('_total'), type === 'counter', name);
    assert.doesNotMatch(name, /_ms$|_ms_|percent|pct/);
    for (const each of labels) assert.doesNotMatch(each, /(^|_)(id|message|reason|symbol)$/, `${name}{${each}}`);
  }
});

test('orders by what became of them, a fenced one apart, and how long the venue took', async (t) => {
  const provider = await providerForTest(t);
  const place = (fields: Parameters<typeof newOrder>[0]) =>
    provider.call('POST', '/api/orders', { order: newOrder(fields) });
  assert.equal((await place({ clientOrderId: 'a', epoch: 2 })).status, 200);
  assert.equal((await place({ clientOrderId: 'b', epoch: 1 })).body.code, 'FENCED');
  assert.equal((await place({ clientOrderId: 'c', quantity: 1_000_000, epoch: 2 })).body.status, 'REJECTED');
  await provider.orders.cancel({ connectorType: 'paper', marketType: 'futures' }, { clientOrderId: 'nope' });
  const lines = await linesOf(provider);
  assert.deepEqual(
    missing(lines, [
      'provider_orders_total{outcome="accepted"} 1',
      'provider_orders_total{outcome="refused"} 1',
      'provider_orders_total{outcome="rejected"} 1',
      'provider_orders_total{outcome="unknown"} 0',
      'provider_orders_refused_total{code="FENCED"} 1',
      'provider_cancels_total{outcome="not-found"} 1',
      'provider_venue_call_duration_seconds_count{call="place",connector="paper:futures"} 2',
      'provider_venue_call_duration_seconds_count{call="cancel",connector="paper:futures"} 1',
      'provider_http_request_duration_seconds_count{method="POST",route="/api/orders",status="409"} 1',
    ]),
    [],
  );
});

test('requests for applications by what became of them', async (t) => {
  const provider = await providerForTest(t);
  const { call } = provider;
  await call('POST', '/api/apps/registry/register', { appKey: 'inspector', url: await target(t) });
  await call('POST', '/api/apps/registry/register', { appKey: 'd', kind: 'detector', url: 'http://127.0.0.1:9' });
  assert.equal((await call('GET', '/api/inspectors/inspector/x')).status, 404);
  assert.equal((await call('GET', '/api/inspectors/other/x')).body.code, 'TARGET_UNKNOWN');
  assert.equal((await call('GET', '/api/detectors/d/x')).body.code, 'TARGET_INACTIVE');
  assert.equal((await call('GET', '/api/inspectors/inspector/x', undefined, { token: null })).status, 401);
  const looping = { headers: { 'x-inspector-hop': '1' } };
  assert.equal((await call('GET', '/api/inspectors/inspector/x', undefined, looping)).body.code, 'PROXY_LOOP');
  const lines = await linesOf(provider);
  assert.deepEqual(
    missing(lines, [
      'provider_proxy_requests_total{kind="inspector",code="OK"} 1',
      'provider_proxy_requests_total{kind="inspector",code="TARGET_UNKNOWN"} 1',
      'provider_proxy_requests_total{kind="inspector",code="PROXY_LOOP"} 1',
      'provider_proxy_requests_total{kind="detector",code="TARGET_INACTIVE"} 1',
      'provider_proxy_requests_total{kind="advisor",code="OK"} 0',
      'provider_apps{kind="inspector",state="active"} 1',
      'provider_apps{kind="detector",state="active"} 1',
      'provider_apps{kind="inspector",state="inactive"} 0',
    ]),
    [],
  );
});

test('connections at /ws are counted', async (t) => {
  const provider = await providerForTest(t);
  const socket = io(provider.url, { path: '/ws', auth: { token: provider.token.secret }, transports: ['websocket'] });
  t.after(() => socket.disconnect());
  await new Promise<void>((resolve) => socket.on('connect', resolve));
  assert.ok((await linesOf(provider)).includes('provider_ws_clients 1'));
});

test('two Providers in one process count for themselves', async (t) => {
  const [one, other] = [await providerForTest(t), await providerForTest(t)];
  await one.call('POST', '/api/orders', { order: newOrder() });
  assert.ok((await linesOf(one)).includes('provider_orders_total{outcome="accepted"} 1'));
  assert.ok((await linesOf(other)).includes('provider_orders_total{outcome="accepted"} 0'));
});
