import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import type { Envelope } from '@inspector/contract';
import { io } from 'socket.io-client';
import { createPaperConnector } from '#connectors/paper/paper-connector.ts';
import { providerForTest, TEST_TOKEN, testDirectory } from '#testing/provider-for-test.ts';
import { startProvider } from './main.ts';

test('every call under /api needs a token, health does not', async (t) => {
  const { call } = await providerForTest(t);
  for (const path of ['/api/orders/paper/futures', '/api/accounts', '/api/apps/registry', '/api/nowhere']) {
    for (const token of [null, 'wrong']) {
      const { status, body, headers } = await call('GET', path, undefined, { token });
      assert.equal(status, 401, path);
      assert.equal(body.code, 'UNAUTHORIZED');
      assert.match(headers.get('content-type') ?? '', /application\/problem\+json/);
    }
  }
  const health = await call('GET', '/api/health', undefined, { token: null });
  assert.equal(health.status, 200);
  assert.equal(health.body.ok, true);
  assert.equal((await call('GET', '/health', undefined, { token: null })).status, 200);
});

test('a token is made at the first start, kept with narrow rights, and the same at the next', async (t) => {
  const dataDir = testDirectory(t);
  const first = await providerForTest(t, { apiToken: null, dataDir });
  assert.equal(first.token.generated, true);
  const path = join(dataDir, 'provider-token');
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(readFileSync(path, 'utf8').trim(), first.token.secret);
  await first.stop();
  const second = await providerForTest(t, { apiToken: null, dataDir });
  assert.equal(second.token.secret, first.token.secret);
  assert.equal((await second.call('GET', '/api/accounts', undefined, { token: first.token.secret })).status, 200);
});

test('a port in use is told as such, and no venue was touched', async (t) => {
  const { url } = await providerForTest(t);
  let started = false;
  const connector = { ...createPaperConnector({ balance: 1, makerFeePercent: 0, takerFeePercent: 0, seed: 1 }) };
  connector.start = async () => {
    started = true;
  };
  const config = { apiToken: TEST_TOKEN, tokens: [], allowedHosts: [], allowedOrigins: [], version: '0.0.0' };
  const port = Number(new URL(url).port);
  const bus = { publish: async () => {}, subscribe: () => ({ close: async () => {} }) };
  await assert.rejects(
    startProvider({ ...config, host: '127.0.0.1', port, dataDir: testDirectory(t) }, { bus, connectors: [connector] }),
    { code: 'PORT_IN_USE' },
  );
  assert.equal(started, false);
});

test('a damaged store is told with its place and a way out', async (t) => {
  const dataDir = testDirectory(t);
  writeFileSync(join(dataDir, 'provider.db'), 'this is no database, and long enough to be looked at as one');
  await assert.rejects(providerForTest(t, { dataDir }), (error: NodeJS.ErrnoException) => {
    assert.equal(error.code, 'PROVIDER_STORE_UNREADABLE');
    assert.match(error.message, /provider\.db/);
    return true;
  });
});

test('what a venue tells goes to the bus and from there to /ws', async (t) => {
  const { bus, url, call } = await providerForTest(t);
  const types = new Set(bus.published.map(({ type }) => type));
  assert.ok(types.has('PROVIDER_SYMBOLS'));
  assert.ok(types.has('PROVIDER_ACCOUNT_EVENT'));
  const socket = io(url, { path: '/ws', auth: { token: TEST_TOKEN }, transports: ['websocket'] });
  t.after(() => socket.disconnect());
  const filled = new Promise<Envelope>((resolve) => {
    socket.on('PROVIDER_ORDER_CLOSE', resolve);
  });
  await new Promise<void>((resolve) => {
    socket.on('connect', resolve);
  });
  const order = {
    connectorType: 'paper',
    marketType: 'futures',
    symbol: { name: 'BTCUSDT' },
    side: 'BUY',
    type: 'MARKET',
    quantity: 0.01,
  };
  const placed = await call('POST', '/api/orders', { order });
  assert.equal(placed.status, 200);
  const { payload } = await filled;
  assert.equal((payload as { clientOrderId: string }).clientOrderId, placed.body.clientOrderId);
});

test('an Inspector in the same process calls without the wire', async (t) => {
  const { client } = await providerForTest(t);
  const { signal } = new AbortController();
  assert.deepEqual(await client.accounts(signal), [{ connectorType: 'paper', marketType: 'futures' }]);
  const state = await client.query(
    { connectorType: 'paper', marketType: 'futures', lookUp: [{ clientOrderId: 'nope' }] },
    signal,
  );
  assert.ok(state.ok);
  assert.deepEqual(state.found, [{ order: null }]);
  assert.equal(state.walletBalance, 10_000);
  assert.equal((await client.query({ connectorType: 'x', marketType: 'y' }, signal)).ok, false);
  const place = { connectorType: 'paper', marketType: 'futures', symbol: 'BTCUSDT' };
  assert.equal((await client.setLeverage({ ...place, leverage: 5 }, signal)).outcome, 'accepted');
  assert.deepEqual(await client.cancel({ ...place, clientOrderId: 'nope' }, signal), {
    outcome: 'rejected',
    reason: 'NOT_FOUND',
    reasonText: 'the venue does not know the order',
  });
});

test('every call is described, and stop is quick with a client connected', async (t) => {
  const provider = await providerForTest(t);
  const { body } = await provider.call('GET', '/docs-json', undefined, { token: null });
  const paths = Object.keys(body.paths as object);
  for (const path of [
    '/api/orders',
    '/api/orders/close',
    '/api/orders/{orderId}',
    '/api/orders/{connectorType}/{marketType}',
    '/api/orders/{id}/{connectorType}/{marketType}',
    '/api/orders/all/{connectorType}/{marketType}',
    '/api/accounts',
    '/api/accounts/{connectorType}/{marketType}',
    '/api/accounts/leverage',
    '/api/connectors',
    '/api/connectors/{connectorType}/{marketType}',
    '/api/symbols/{connectorType}/{marketType}',
    '/api/candles/{connectorType}/{marketType}/{symbol}/{interval}',
    '/api/inspectors',
    '/api/inspectors/{sysname}',
    '/api/apps/registry/register',
    '/api/apps/registry/heartbeat',
    '/api/apps/registry/unregister',
    '/api/apps/registry',
    '/api/proxy/targets',
    '/api/replay/start',
    '/api/replay/stop',
    '/api/health',
  ]) {
    assert.ok(paths.includes(path), path);
  }
  const socket = io(provider.url, { path: '/ws', auth: { token: TEST_TOKEN }, reconnection: false });
  await new Promise<void>((resolve) => {
    socket.on('connect', resolve);
  });
  await Promise.all([provider.stop(), provider.stop()]);
  await assert.rejects(fetch(`${provider.url}/health`));
  socket.disconnect();
});
