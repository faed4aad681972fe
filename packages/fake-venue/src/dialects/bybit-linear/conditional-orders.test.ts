import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUY, type Bybit, bybitFor, dataOf, openPrivate, STOP, wordsOf } from '#testing/bybit-for-test.ts';
import { until } from '#testing/venue-for-test.ts';

const SYMBOL = { symbol: 'BTCUSDT' };
const create = (client: Bybit, order: Record<string, string | number | boolean>) =>
  client.post('/v5/order/create', order);
const one = async (client: Bybit, orderLinkId: string) =>
  (await client.get('/v5/order/realtime', { ...SYMBOL, orderLinkId })).result.list[0];

test('a stop is one order under one id from its placing to its fill', async (t) => {
  const client = await bybitFor(t);
  await create(client, BUY);
  const stream = await openPrivate(t, client, ['order', 'execution']);
  const { result } = await create(client, { ...STOP, orderLinkId: 'stop' });
  const waiting = await one(client, 'stop');
  assert.deepEqual(
    [
      waiting?.orderStatus,
      waiting?.stopOrderType,
      waiting?.triggerPrice,
      waiting?.triggerDirection,
      waiting?.triggerBy,
    ],
    ['Untriggered', 'Stop', '59000', 2, 'MarkPrice'],
  );
  client.venue.market.move('BTCUSDT', 58990);
  await until(() => stream.messages.length >= 4);
  assert.deepEqual(wordsOf(stream.messages), [
    'order Untriggered',
    'order Triggered',
    'execution 0.01',
    'order Filled',
  ]);
  for (const message of stream.messages) assert.equal(dataOf(message).orderId, result.orderId);
  const execution = dataOf(stream.messages[2]);
  assert.deepEqual([execution.stopOrderType, execution.createType], ['Stop', 'CreateByStopOrder']);
  const filled = await one(client, 'stop');
  assert.deepEqual(
    [filled?.orderStatus, filled?.cumExecQty, filled?.avgPrice, filled?.triggerPrice, filled?.reduceOnly],
    ['Filled', '0.01', '58989.9', '59000', true],
  );
  const byId = await client.get('/v5/execution/list', { ...SYMBOL, orderId: String(result.orderId) });
  assert.equal(byId.result.list.length, 1);
  const history = await client.get('/v5/order/history', SYMBOL);
  assert.equal(history.result.list.length, 2, 'what the stop became is no order of its own');
  assert.deepEqual(client.venue.account().positions, []);
});

for (const [name, order, keeps, fires] of [
  ['a stop that sells', { side: 'Sell', triggerDirection: 2, triggerPrice: '59000' }, 59000.1, 59000],
  ['a stop that buys', { side: 'Buy', triggerDirection: 1, triggerPrice: '61000' }, 60999.9, 61000],
  ['a target that sells', { side: 'Sell', triggerDirection: 1, triggerPrice: '61000' }, 60999.9, 61000],
  ['a target that buys', { side: 'Buy', triggerDirection: 2, triggerPrice: '59000' }, 59000.1, 59000],
] as const) {
  test(`${name} fires at its price, and not a tick before`, async (t) => {
    const client = await bybitFor(t);
    await create(client, { ...STOP, ...order, reduceOnly: false, orderLinkId: 'it' });
    assert.equal((await one(client, 'it'))?.triggerDirection, order.triggerDirection);
    client.venue.market.mark('BTCUSDT', keeps);
    client.venue.market.print('BTCUSDT', fires, 1);
    assert.equal(client.venue.account().conditionalOrders.length, 1, 'it works by the mark');
    client.venue.market.mark('BTCUSDT', fires);
    assert.equal(client.venue.account().conditionalOrders.length, 0);
    assert.equal(client.venue.account().fills.length, 1);
  });
}

test('without triggerBy the last trade triggers, and the mark does not', async (t) => {
  const client = await bybitFor(t);
  const { triggerBy, ...stop } = STOP;
  assert.equal(triggerBy, 'MarkPrice');
  await create(client, { ...stop, reduceOnly: false });
  client.venue.market.mark('BTCUSDT', 58000);
  assert.equal(client.venue.account().conditionalOrders.length, 1);
  client.venue.market.print('BTCUSDT', 59000, 1);
  assert.equal(client.venue.account().conditionalOrders.length, 0);
});

test('a trigger that is reached already is refused, with a code for each direction', async (t) => {
  const client = await bybitFor(t);
  const of = (side: string, triggerDirection: number, triggerPrice: string) =>
    create(client, { ...STOP, side, triggerDirection, triggerPrice, reduceOnly: false });
  const falling = await of('Sell', 2, '60000');
  assert.equal(falling.code, 110093);
  assert.equal(falling.message, 'expect Falling, but trigger_price[600000000] >= current[600000000]??MarkPrice');
  assert.equal((await of('Sell', 2, '59999.9')).code, 0);
  assert.equal((await of('Buy', 1, '60000')).code, 110092);
  assert.equal((await of('Buy', 1, '60000.1')).code, 0);
  const { triggerDirection, ...withoutDirection } = STOP;
  assert.equal(triggerDirection, 2);
  assert.equal((await create(client, withoutDirection)).code, 10001);
});

test('ten conditional orders of a symbol may wait, and no eleventh', async (t) => {
  const client = await bybitFor(t);
  const { owner } = client.venue;
  for (let index = 0; index < 9; index++) {
    owner.order({ symbol: 'BTCUSDT', side: 'SELL', type: 'STOP_MARKET', quantity: 0.01, stopPrice: 50_000 });
  }
  assert.equal((await create(client, { ...STOP, orderLinkId: 'tenth' })).code, 0);
  assert.equal((await create(client, STOP)).code, 110009);
  assert.equal((await create(client, { ...STOP, symbol: 'ETHUSDT', qty: '0.1', triggerPrice: '2900' })).code, 0);
  await client.post('/v5/order/cancel', { ...SYMBOL, orderLinkId: 'tenth' });
  assert.equal((await create(client, STOP)).code, 0);
});

test('cancelled before its trigger it is deactivated', async (t) => {
  const client = await bybitFor(t);
  const stream = await openPrivate(t, client, ['order']);
  const { result } = await create(client, { ...STOP, orderLinkId: 'gone' });
  const cancelled = await client.post('/v5/order/cancel', { ...SYMBOL, orderId: String(result.orderId) });
  assert.deepEqual({ ...cancelled.result }, { orderId: result.orderId, orderLinkId: 'gone' });
  await until(() => stream.messages.length >= 2);
  assert.deepEqual(wordsOf(stream.messages), ['order Untriggered', 'order Deactivated']);
  assert.equal((await one(client, 'gone'))?.orderStatus, 'Deactivated');
});

test('a triggered limit order rests under the same id and is cancelled by it', async (t) => {
  const client = await bybitFor(t);
  const order = { ...STOP, orderType: 'Limit', price: '58500', side: 'Buy', reduceOnly: false, orderLinkId: 'dip' };
  const { result } = await create(client, order);
  client.venue.market.move('BTCUSDT', 58990);
  const resting = await one(client, 'dip');
  assert.deepEqual([resting?.orderStatus, resting?.orderId, resting?.price], ['New', result.orderId, '58500']);
  assert.equal((await client.post('/v5/order/cancel', { ...SYMBOL, orderLinkId: 'dip' })).code, 0);
  assert.equal((await one(client, 'dip'))?.orderStatus, 'Cancelled');
});

test('one that only reduces stays when the position is gone, and is rejected at its trigger', async (t) => {
  const client = await bybitFor(t);
  await create(client, BUY);
  await create(client, { ...STOP, orderLinkId: 'late' });
  client.venue.owner.closePosition('BTCUSDT');
  assert.equal((await one(client, 'late'))?.orderStatus, 'Untriggered');
  client.venue.market.move('BTCUSDT', 58990);
  const rejected = await one(client, 'late');
  assert.deepEqual([rejected?.orderStatus, rejected?.rejectReason], ['Rejected', 'EC_QtyCannotBeZero']);
  assert.deepEqual(client.venue.account().positions, []);
});

test('orderFilter tells conditional orders from others', async (t) => {
  const client = await bybitFor(t);
  await create(client, { ...BUY, orderType: 'Limit', price: '59000', orderLinkId: 'plain' });
  await create(client, { ...STOP, orderLinkId: 'stop' });
  const of = async (orderFilter: string) =>
    (await client.get('/v5/order/realtime', { ...SYMBOL, orderFilter })).result.list.map((order) => order.orderLinkId);
  assert.deepEqual([await of('Order'), await of('StopOrder')], [['plain'], ['stop']]);
});
