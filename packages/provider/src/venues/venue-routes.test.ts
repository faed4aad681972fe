import assert from 'node:assert/strict';
import test from 'node:test';
import { ConnectorError } from '#connectors/connector.ts';
import { newOrder, paperForTest, providerForTest } from '#testing/provider-for-test.ts';

test('accounts are shown as the venue has them, one with its open orders', async (t) => {
  const { call } = await providerForTest(t);
  await call('POST', '/api/orders', { order: newOrder() });
  const { body } = await call('GET', '/api/accounts');
  assert.equal(body.count, 1);
  const stop = newOrder({ clientOrderId: 's1', type: 'STOP_MARKET', side: 'SELL', stopPrice: 1, reduceOnly: true });
  await call('POST', '/api/orders', { order: stop });
  const one = await call('GET', '/api/accounts/paper/futures');
  assert.equal(one.status, 200);
  assert.equal(one.body.accountKey, 'paper:futures');
  const [position] = one.body.positions as { symbol: string; side: string; quantity: number }[];
  assert.deepEqual([position?.symbol, position?.side, position?.quantity], ['BTCUSDT', 'LONG', 0.01]);
  assert.deepEqual(
    (one.body.openOrders as { clientOrderId: string }[]).map(({ clientOrderId }) => clientOrderId),
    ['s1'],
  );
  assert.ok((one.body.walletBalance as number) < 10_000, 'the fee is taken');
  assert.deepEqual((await call('GET', '/api/accounts/moon/futures')).body.code, 'CONNECTOR_UNKNOWN');
});

test('leverage is set within the venue’s limit', async (t) => {
  const { call } = await providerForTest(t);
  const body = { connectorType: 'paper', marketType: 'futures', symbol: { name: 'BTCUSDT' }, leverage: 7 };
  assert.deepEqual((await call('PUT', '/api/accounts/leverage', body)).body, { symbol: 'BTCUSDT', leverage: 7 });
  const high = await call('PUT', '/api/accounts/leverage', { ...body, leverage: 999 });
  assert.equal(high.status, 400);
  assert.equal((high.body.errors as { path: string }[])[0]?.path, '/leverage');
  const nowhere = await call('PUT', '/api/accounts/leverage', { ...body, symbol: { name: 'NOPE' } });
  assert.equal(nowhere.status, 400);
});

test('connectors, symbols, candles and fills are told', async (t) => {
  const { call } = await providerForTest(t);
  const connectors = await call('GET', '/api/connectors');
  assert.equal(connectors.body.count, 1);
  const one = await call('GET', '/api/connectors/paper/futures');
  assert.deepEqual([one.body.ok, one.body.state], [true, 'connected']);
  assert.ok(one.body.capabilities);
  const symbols = await call('GET', '/api/symbols/paper/futures');
  assert.ok((symbols.body.data as { name: string }[]).some(({ name }) => name === 'BTCUSDT'));
  const candles = await call('GET', '/api/candles/paper/futures/BTCUSDT/1m');
  const data = candles.body.data as { time: number; high: number; low: number }[];
  assert.ok(data.length > 0 && data.every(({ high, low }) => high >= low));
  const from = data.at(-1)?.time ?? 0;
  assert.equal((await call('GET', `/api/candles/paper/futures/BTCUSDT/1m?from=${from}&to=${from + 1}`)).body.count, 1);
  for (const path of ['BTCUSDT/7m', 'NOPE/1m', 'BTCUSDT/1m?from=5&to=1', 'BTCUSDT/1m?from=x']) {
    assert.equal((await call('GET', `/api/candles/paper/futures/${path}`)).status, 400, path);
  }
  await call('POST', '/api/orders', { order: newOrder() });
  const fills = await call('GET', '/api/fills/paper/futures?since=0&symbol=BTCUSDT');
  assert.equal((fills.body.data as { clientOrderId: string }[])[0]?.clientOrderId, 'order1');
});

test('a venue that does not answer is 502, and an order that only it could know is not called missing', async (t) => {
  const down = () => Promise.reject(new ConnectorError('UNAVAILABLE', 'the venue is down'));
  const connector = { ...paperForTest(), account: down, order: down, openOrders: down };
  const { call } = await providerForTest(t, { connectors: [connector] });
  for (const path of ['/api/accounts', '/api/accounts/paper/futures', '/api/orders/paper/futures', '/api/orders/o1']) {
    const { status, body } = await call('GET', path);
    assert.deepEqual([status, body.code], [502, 'VENUE_UNAVAILABLE'], path);
  }
});

test('replay calls are refused where no recording is configured', async (t) => {
  const { call } = await providerForTest(t);
  assert.equal((await call('POST', '/api/replay/start', { file: '/etc/passwd' })).body.code, 'CONNECTOR_UNKNOWN');
  assert.equal((await call('POST', '/api/replay/stop')).body.code, 'REPLAY_NOT_RUNNING');
});
