import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUY, openUserStream, STOP, until, venueFor, wordsOf } from '#testing/venue-for-test.ts';

test('a stop waits in its own book, and is answered, listed and found there', async (t) => {
  const client = await venueFor(t);
  const placed = await client.signed('POST', '/fapi/v1/algoOrder', { ...STOP, clientAlgoId: 'stop' });
  assert.deepEqual(
    [placed.body.algoStatus, placed.body.triggerPrice, placed.body.orderType],
    ['NEW', '59000', 'STOP_MARKET'],
  );
  const listed = await client.signed('GET', '/fapi/v1/openAlgoOrders', { symbol: 'BTCUSDT' });
  assert.deepEqual(
    (listed.body as unknown as { clientAlgoId: string }[]).map((order) => order.clientAlgoId),
    ['stop'],
  );
  assert.deepEqual((await client.signed('GET', '/fapi/v1/openOrders', { symbol: 'BTCUSDT' })).body, []);
  assert.equal(
    (await client.signed('GET', '/fapi/v1/order', { symbol: 'BTCUSDT', origClientOrderId: 'stop' })).body.code,
    -2013,
  );
  assert.equal((await client.signed('DELETE', '/fapi/v1/allOpenOrders', { symbol: 'BTCUSDT' })).status, 200);
  assert.equal(client.venue.account().conditionalOrders.length, 1);
});

test('a stop that is reached becomes an order under the same client id, told step by step', async (t) => {
  const client = await venueFor(t);
  await client.signed('POST', '/fapi/v1/order', BUY);
  const stream = await openUserStream(t, client);
  await client.signed('POST', '/fapi/v1/algoOrder', { ...STOP, clientAlgoId: 'stop' });
  client.venue.market.move('BTCUSDT', 58990);
  await until(() => wordsOf(stream.messages).includes('algo FINISHED'));
  assert.deepEqual(wordsOf(stream.messages), [
    'algo NEW',
    'algo TRIGGERING',
    'algo TRIGGERED',
    'order NEW NEW',
    'account ORDER',
    'order TRADE FILLED',
    'algo FINISHED',
  ]);
  const triggered = stream.messages[2]!.o as Record<string, unknown>;
  const made = stream.messages[5]!.o as Record<string, unknown>;
  const finished = stream.messages[6]!.o as Record<string, unknown>;
  assert.deepEqual([triggered.caid, triggered.ai], ['stop', String(made.i)]);
  assert.deepEqual([made.c, made.o, made.R, made.z], ['stop', 'MARKET', true, '0.01']);
  assert.deepEqual([finished.aq, finished.act], ['0.01', 'MARKET']);
  const { body } = await client.signed('GET', '/fapi/v1/algoOrder', { clientAlgoId: 'stop' });
  assert.deepEqual([body.algoStatus, body.actualOrderId], ['FINISHED', String(made.i)]);
  assert.equal(
    (await client.signed('GET', '/fapi/v1/order', { symbol: 'BTCUSDT', origClientOrderId: 'stop' })).body.status,
    'FILLED',
  );
  assert.deepEqual(client.venue.account().positions, []);
});

for (const [name, order, keeps, fires] of [
  ['a stop that sells', { side: 'SELL', type: 'STOP_MARKET', triggerPrice: 59000 }, 59000.1, 59000],
  ['a stop that buys', { side: 'BUY', type: 'STOP_MARKET', triggerPrice: 61000 }, 60999.9, 61000],
  ['a target that sells', { side: 'SELL', type: 'TAKE_PROFIT_MARKET', triggerPrice: 61000 }, 60999.9, 61000],
  ['a target that buys', { side: 'BUY', type: 'TAKE_PROFIT_MARKET', triggerPrice: 59000 }, 59000.1, 59000],
] as const) {
  test(`${name} fires at its price, and not a tick before`, async (t) => {
    const client = await venueFor(t);
    await client.signed('POST', '/fapi/v1/algoOrder', { ...STOP, ...order, reduceOnly: false });
    client.venue.market.mark('BTCUSDT', keeps);
    assert.equal(client.venue.account().conditionalOrders.length, 1);
    client.venue.market.print('BTCUSDT', fires, 1);
    assert.equal(client.venue.account().conditionalOrders.length, 1, 'it works by the mark');
    client.venue.market.mark('BTCUSDT', fires);
    assert.equal(client.venue.account().conditionalOrders.length, 0);
    assert.equal(client.venue.account().fills.length, 1);
  });
}

test('without a working type the last trade triggers, and the mark does not', async (t) => {
  const client = await venueFor(t);
  const { workingType, ...stop } = STOP;
  assert.equal(workingType, 'MARK_PRICE');
  await client.signed('POST', '/fapi/v1/algoOrder', { ...stop, reduceOnly: false });
  client.venue.market.mark('BTCUSDT', 58000);
  assert.equal(client.venue.account().conditionalOrders.length, 1);
  client.venue.market.print('BTCUSDT', 59000, 1);
  assert.equal(client.venue.account().conditionalOrders.length, 0);
});

test('a stop that is due already is refused; one a tick away is not', async (t) => {
  const client = await venueFor(t);
  assert.equal((await client.signed('POST', '/fapi/v1/algoOrder', { ...STOP, triggerPrice: 60000 })).body.code, -2021);
  assert.equal((await client.signed('POST', '/fapi/v1/algoOrder', { ...STOP, triggerPrice: 59999.9 })).status, 200);
});

test('a reduce-only stop outlives its position and is rejected when it triggers; one that closes all ends with it', async (t) => {
  const client = await venueFor(t);
  await client.signed('POST', '/fapi/v1/order', BUY);
  await client.signed('POST', '/fapi/v1/algoOrder', { ...STOP, clientAlgoId: 'reduces' });
  const { quantity, reduceOnly, ...closing } = STOP;
  assert.deepEqual([quantity, reduceOnly], [0.01, true]);
  const close = { ...closing, closePosition: true, triggerPrice: 58000 };
  await client.signed('POST', '/fapi/v1/algoOrder', { ...close, clientAlgoId: 'closes' });
  assert.equal((await client.signed('POST', '/fapi/v1/algoOrder', close)).body.code, -4130);
  client.venue.owner.closePosition('BTCUSDT');
  assert.deepEqual(
    client.venue.account().conditionalOrders.map((order) => order.clientId),
    ['reduces'],
  );
  assert.equal(
    (await client.signed('GET', '/fapi/v1/algoOrder', { clientAlgoId: 'closes' })).body.algoStatus,
    'EXPIRED',
  );
  client.venue.market.move('BTCUSDT', 58500);
  assert.equal(
    (await client.signed('GET', '/fapi/v1/algoOrder', { clientAlgoId: 'reduces' })).body.algoStatus,
    'REJECTED',
  );
  assert.deepEqual(client.venue.account().positions, []);
});

test('conditional orders are cancelled one by one and all together', async (t) => {
  const client = await venueFor(t);
  const place = (clientAlgoId: string) => client.signed('POST', '/fapi/v1/algoOrder', { ...STOP, clientAlgoId });
  await place('one');
  await place('two');
  assert.equal((await place('two')).body.code, -4116);
  const cancelled = await client.signed('DELETE', '/fapi/v1/algoOrder', { clientAlgoId: 'one' });
  assert.deepEqual([cancelled.body.code, cancelled.body.msg], ['200', 'success']);
  assert.equal((await client.signed('DELETE', '/fapi/v1/algoOrder', { clientAlgoId: 'one' })).body.code, -2011);
  assert.equal((await client.signed('DELETE', '/fapi/v1/algoOpenOrders', { symbol: 'BTCUSDT' })).body.code, 200);
  assert.equal(client.venue.account().conditionalOrders.length, 0);
  const all = await client.signed('GET', '/fapi/v1/allAlgoOrders', { symbol: 'BTCUSDT' });
  assert.deepEqual(
    (all.body as unknown as { algoStatus: string }[]).map((order) => order.algoStatus),
    ['CANCELED', 'CANCELED'],
  );
});
