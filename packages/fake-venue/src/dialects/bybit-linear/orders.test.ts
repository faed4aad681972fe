import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUY, type Bybit, bybitFor, dataOf, LIMIT, openPrivate, STOP, wordsOf } from '#testing/bybit-for-test.ts';
import { until } from '#testing/venue-for-test.ts';

const SYMBOL = { symbol: 'BTCUSDT' };
const create = (client: Bybit, order: Record<string, string | number | boolean>) =>
  client.post('/v5/order/create', order);
const realtime = async (client: Bybit, params: Record<string, string | number> = SYMBOL) =>
  (await client.get('/v5/order/realtime', params)).result;

test('a market order is answered with its ids only, and told as it fills', async (t) => {
  const client = await bybitFor(t);
  const stream = await openPrivate(t, client);
  const { market } = client.venue;
  const asks = [
    { price: 60000, quantity: 0.004 },
    { price: 60010, quantity: 1 },
  ];
  market.setBook('BTCUSDT', [{ price: 59999, quantity: 1 }], asks);
  const { code, result } = await create(client, { ...BUY, orderLinkId: 'one' });
  assert.deepEqual([code, Object.keys(result)], [0, ['orderId', 'orderLinkId']]);
  await until(() => stream.messages.length >= 8);
  assert.deepEqual(wordsOf(stream.messages), [
    ...['position 0.004', 'wallet', 'execution 0.004', 'order PartiallyFilled'],
    ...['position 0.01', 'wallet', 'execution 0.006', 'order Filled'],
  ]);
  const filled = dataOf(stream.messages[7]);
  assert.deepEqual(
    [filled.orderId, filled.orderLinkId, filled.category, filled.cumExecQty, filled.avgPrice, filled.leavesQty],
    [result.orderId, 'one', 'linear', '0.01', '60006', '0'],
  );
  const execution = dataOf(stream.messages[6]);
  assert.deepEqual(
    [execution.orderId, execution.execPrice, execution.isMaker, execution.execFee, execution.leavesQty],
    [result.orderId, '60010', false, '0.18003', '0'],
  );
  assert.deepEqual(
    [dataOf(stream.messages[4]).side, dataOf(stream.messages[4]).entryPrice, dataOf(stream.messages[4]).positionIdx],
    ['Buy', '60006', 0],
  );
  const listed = await client.get('/v5/execution/list', SYMBOL);
  assert.deepEqual(
    listed.result.list.map((one) => [one.execQty, one.orderLinkId, one.execType]),
    [
      ['0.006', 'one', 'Trade'],
      ['0.004', 'one', 'Trade'],
    ],
  );
});

test('a limit order rests, is listed and found by both ids, and found after its end', async (t) => {
  const client = await bybitFor(t);
  const stream = await openPrivate(t, client, ['order']);
  const { result } = await create(client, { ...LIMIT, orderLinkId: 'rest' });
  const orderId = String(result.orderId);
  for (const key of [{}, { orderId }, { orderLinkId: 'rest' }]) {
    const { list } = await realtime(client, { ...SYMBOL, ...key });
    assert.deepEqual(
      list.map((one) => [one.orderId, one.orderStatus, one.price, one.orderType, one.timeInForce]),
      [[orderId, 'New', '59000', 'Limit', 'GTC']],
    );
  }
  client.venue.market.move('BTCUSDT', 58999.9);
  assert.equal((await realtime(client)).list.length, 0);
  assert.equal((await realtime(client, { ...SYMBOL, orderLinkId: 'rest' })).list[0]?.orderStatus, 'Filled');
  assert.equal((await realtime(client, { ...SYMBOL, openOnly: 1 })).list.length, 1);
  const history = await client.get('/v5/order/history', { ...SYMBOL, orderId });
  assert.deepEqual([history.result.list[0]?.orderStatus, history.result.list[0]?.avgPrice], ['Filled', '59000']);
  await until(() => stream.messages.length >= 2);
  assert.deepEqual(wordsOf(stream.messages), ['order New', 'order Filled']);
  assert.deepEqual((await realtime(client, { ...SYMBOL, orderLinkId: 'never' })).list, []);
});

test('what is asked for must be named: a symbol, a coin, and an order by an id that is not empty', async (t) => {
  const client = await bybitFor(t);
  assert.equal((await client.get('/v5/order/realtime')).code, 10001);
  assert.equal((await client.get('/v5/order/realtime', { settleCoin: 'USDT' })).code, 0);
  await create(client, { ...LIMIT, orderLinkId: 'rest' });
  const cancel = async (key: Record<string, string>) =>
    (await client.post('/v5/order/cancel', { ...SYMBOL, ...key })).code;
  assert.equal(await cancel({}), 10001);
  assert.equal(await cancel({ orderId: '', orderLinkId: 'rest' }), 10001);
  assert.equal(await cancel({ orderLinkId: 'other' }), 110001);
  assert.equal(await cancel({ symbol: 'ETHUSDT', orderLinkId: 'rest' }), 110001);
  assert.equal(await cancel({ orderLinkId: 'rest' }), 0);
  assert.equal(await cancel({ orderLinkId: 'rest' }), 110001);
});

test('a client id is used once, also after its order has ended and across kinds', async (t) => {
  const client = await bybitFor(t);
  const same = { ...LIMIT, orderLinkId: 'same' };
  assert.equal((await create(client, same)).code, 0);
  assert.equal((await create(client, same)).code, 110072);
  await client.post('/v5/order/cancel', { ...SYMBOL, orderLinkId: 'same' });
  assert.equal((await create(client, same)).code, 110072);
  assert.equal((await create(client, { ...STOP, orderLinkId: 'same' })).code, 110072);
  assert.equal(client.venue.placings().get('same'), 1);
});

test('open orders come in pages of 20, at most 50, newest first', async (t) => {
  const client = await bybitFor(t);
  const { owner } = client.venue;
  for (let index = 0; index < 55; index++) {
    owner.order({ symbol: 'SOLUSDT', side: 'BUY', type: 'LIMIT', quantity: 1, price: 100, clientId: `n${index}` });
  }
  const page = (params: Record<string, string | number>) => realtime(client, { settleCoin: 'USDT', ...params });
  const first = await page({});
  assert.deepEqual([first.list.length, first.list[0]?.orderLinkId], [20, 'n54']);
  const second = await page({ cursor: first.nextPageCursor });
  assert.deepEqual([second.list.length, second.list[0]?.orderLinkId], [20, 'n34']);
  const third = await page({ cursor: second.nextPageCursor });
  assert.deepEqual([third.list.length, third.list[14]?.orderLinkId], [15, 'n0']);
  const end = await page({ cursor: third.nextPageCursor });
  assert.deepEqual([end.list.length, end.nextPageCursor], [0, ''], 'the last page has a cursor too');
  assert.equal((await page({ limit: 200 })).list.length, 50);
});

test('cancel-all takes one kind or both, of a symbol or of a coin', async (t) => {
  const client = await bybitFor(t);
  const all = (params: Record<string, string>) => client.post('/v5/order/cancel-all', params);
  await create(client, LIMIT);
  await create(client, STOP);
  assert.equal((await all({})).code, 10001);
  assert.equal((await all({ symbol: 'ETHUSDT' })).result.list.length, 0);
  assert.equal((await all({ ...SYMBOL, orderFilter: 'StopOrder' })).result.list.length, 1);
  assert.deepEqual([client.venue.account().openOrders.length, client.venue.account().conditionalOrders.length], [1, 0]);
  await create(client, STOP);
  const { result } = await all({ settleCoin: 'USDT' });
  assert.deepEqual([result.list.length, result.success], [2, '1']);
});

test('form and filters are judged on both sides of each boundary', async (t) => {
  const client = await bybitFor(t, { wallet: 10_000_000 });
  // A second of the venue takes ten orders; a new client id each time keeps them apart.
  const codeOf = async (change: Record<string, string | number>): Promise<number | undefined> => {
    for (;;) {
      const { code, headers } = await create(client, { ...LIMIT, ...change });
      if (code !== 10006) return code;
      const wait = Number(headers.get('x-bapi-limit-reset-timestamp')) - Date.now();
      await new Promise((done) => setTimeout(done, Math.max(1, wait)));
    }
  };
  assert.equal(await codeOf({ qty: '0' }), 10001);
  assert.equal(await codeOf({ qty: '0.0015' }), 10001);
  assert.equal(await codeOf({ qty: '0.001', price: '58000' }), 110094);
  assert.equal(await codeOf({ qty: '0.002', price: '58000' }), 0);
  assert.equal(await codeOf({ qty: '1000' }), 0);
  assert.equal(await codeOf({ qty: '1000.001' }), 10001);
  assert.equal(await codeOf({ price: '59000.05' }), 10001);
  assert.equal(await codeOf({ price: '63000' }), 0);
  assert.equal(await codeOf({ price: '63000.1' }), 30208);
  assert.equal(await codeOf({ side: 'Sell', price: '56999.9' }), 30209);
  assert.equal(await codeOf({ symbol: 'NOSUCH' }), 10001);
  assert.equal(await codeOf({ side: 'BUY' }), 10001);
  assert.equal(await codeOf({ positionIdx: 1 }), 10001);
  assert.equal(await codeOf({ takeProfit: '61000' }), 10001);
  assert.equal(await codeOf({ orderLinkId: 'a'.repeat(36) }), 0);
  assert.equal(await codeOf({ orderLinkId: 'a'.repeat(37) }), 10001);
  assert.equal(await codeOf({ category: 'spot' }), 10001);
});

test('margin is what the leverage makes of it, to the order that is one too many', async (t) => {
  const client = await bybitFor(t, { wallet: 118, takerFeePercent: 0 });
  assert.equal((await create(client, { ...LIMIT, qty: '0.041' })).code, 110007);
  assert.equal((await create(client, { ...LIMIT, qty: '0.04' })).code, 0);
  assert.equal((await create(client, { ...LIMIT, qty: '0.002' })).code, 110007);
});

test('reduce-only orders are refused without a position, and cut to it with one', async (t) => {
  const client = await bybitFor(t);
  const sell = { ...BUY, side: 'Sell', qty: '0.05', reduceOnly: true };
  assert.equal((await create(client, sell)).code, 110017);
  await create(client, BUY);
  assert.equal((await create(client, { ...sell, side: 'Buy' })).code, 110017);
  assert.equal((await create(client, { ...sell, orderLinkId: 'out' })).code, 0);
  const [order] = (await realtime(client, { ...SYMBOL, orderLinkId: 'out' })).list;
  assert.deepEqual([order?.orderStatus, order?.cumExecQty, order?.reduceOnly], ['Filled', '0.01', true]);
  assert.deepEqual(client.venue.account().positions, []);
});

test('a position that goes flat ends resting reduce-only orders', async (t) => {
  const client = await bybitFor(t);
  await create(client, BUY);
  await create(client, { ...LIMIT, side: 'Sell', price: '62000', reduceOnly: true, orderLinkId: 'target' });
  client.venue.owner.closePosition('BTCUSDT');
  const [order] = (await realtime(client, { ...SYMBOL, orderLinkId: 'target' })).list;
  assert.deepEqual([order?.orderStatus, order?.cancelType], ['Cancelled', 'CancelByReduceOnly']);
});

test('times in force: an order that they forbid is taken and ended, with the reason in the order', async (t) => {
  const client = await bybitFor(t);
  client.venue.market.setBook('BTCUSDT', [{ price: 59999, quantity: 1 }], [{ price: 60000, quantity: 0.005 }]);
  const send = async (orderLinkId: string, change: Record<string, string>) => {
    assert.equal((await create(client, { ...LIMIT, ...change, orderLinkId })).code, 0);
    const [order] = (await realtime(client, { ...SYMBOL, orderLinkId })).list;
    return [order?.orderStatus, order?.cumExecQty, order?.rejectReason];
  };
  const post = { timeInForce: 'PostOnly' };
  assert.deepEqual(await send('a', { ...post, price: '60000' }), ['Cancelled', '0', 'EC_PostOnlyWillTakeLiquidity']);
  assert.deepEqual(await send('b', { ...post, price: '59999.9' }), ['New', '0', 'EC_NoError']);
  const fill = { timeInForce: 'FOK', price: '60000' };
  assert.deepEqual(await send('c', { ...fill, qty: '0.006' }), ['Cancelled', '0', 'EC_CancelForNoFullFill']);
  assert.deepEqual(await send('d', { ...fill, qty: '0.005' }), ['Filled', '0.005', 'EC_NoError']);
  const part = { timeInForce: 'IOC', price: '60000' };
  assert.deepEqual(await send('e', part), ['Cancelled', '0.005', 'EC_NoImmediateQtyToFill']);
});

test('in hedge mode both sides are held apart, by the index of the position', async (t) => {
  const client = await bybitFor(t, { hedgeMode: true });
  assert.equal((await create(client, BUY)).code, 10001);
  await create(client, { ...BUY, positionIdx: 1 });
  await create(client, { ...BUY, side: 'Sell', positionIdx: 2, qty: '0.02' });
  const { result } = await client.get('/v5/position/list', SYMBOL);
  assert.deepEqual(
    result.list.map((one) => [one.positionIdx, one.side, one.size]),
    [
      [1, 'Buy', '0.01'],
      [2, 'Sell', '0.02'],
    ],
  );
  assert.equal((await create(client, { ...BUY, positionIdx: 2, qty: '0.02', reduceOnly: true })).code, 0);
  assert.equal((await create(client, { ...BUY, positionIdx: 2, reduceOnly: true })).code, 110017);
});
