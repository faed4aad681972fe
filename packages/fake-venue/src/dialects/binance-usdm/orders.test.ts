import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUY, openUserStream, until, venueFor, wordsOf } from '#testing/venue-for-test.ts';

const LIMIT = { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 0.01, price: 59000 };

test('a market order walks the book, pays fees and moves the position, told in the order of the venue', async (t) => {
  const client = await venueFor(t);
  const stream = await openUserStream(t, client);
  client.venue.market.setBook(
    'BTCUSDT',
    [{ price: 59999, quantity: 1 }],
    [
      { price: 60000, quantity: 0.004 },
      { price: 60010, quantity: 1 },
    ],
  );
  const { body } = await client.signed('POST', '/fapi/v1/order', {
    ...BUY,
    newClientOrderId: 'one',
    newOrderRespType: 'RESULT',
  });
  assert.equal(body.status, 'FILLED');
  assert.equal(body.executedQty, '0.01');
  assert.equal(body.avgPrice, '60006');
  await until(() => stream.messages.length >= 5);
  assert.deepEqual(wordsOf(stream.messages), [
    'order NEW NEW',
    'account ORDER',
    'order TRADE PARTIALLY_FILLED',
    'account ORDER',
    'order TRADE FILLED',
  ]);
  const last = stream.messages[4]!.o as Record<string, unknown>;
  assert.deepEqual([last.c, last.z, last.l, last.L, last.m], ['one', '0.01', '0.006', '60010', false]);
  const { wallet, positions, fills } = client.venue.account();
  assert.deepEqual(
    positions.map((one) => [one.symbol, one.quantity, one.entryPrice]),
    [['BTCUSDT', 0.01, 60006]],
  );
  assert.equal(fills.length, 2);
  assert.ok(Math.abs(wallet - (10_000 - 600.06 * 0.0005)) < 1e-6);
});

test('an answer without RESULT is that of the moment of acceptance', async (t) => {
  const client = await venueFor(t);
  const { body } = await client.signed('POST', '/fapi/v1/order', BUY);
  assert.deepEqual([body.status, body.executedQty], ['NEW', '0']);
});

test('closing realizes the result into the wallet, and a flip opens the rest at the new price', async (t) => {
  const client = await venueFor(t, { makerFeePercent: 0, takerFeePercent: 0 });
  await client.signed('POST', '/fapi/v1/order', BUY);
  client.venue.market.setBook('BTCUSDT', [{ price: 61000.1, quantity: 5 }], [{ price: 61001, quantity: 5 }]);
  await client.signed('POST', '/fapi/v1/order', { ...BUY, side: 'SELL', quantity: 0.03 });
  const { wallet, positions } = client.venue.account();
  assert.equal(wallet, 10_010);
  assert.deepEqual([positions[0]?.quantity, positions[0]?.entryPrice], [-0.02, 61000.1]);
});

test('a limit order rests, is listed, fills at its price when the market reaches it, and not before', async (t) => {
  const client = await venueFor(t);
  await client.signed('POST', '/fapi/v1/order', { ...LIMIT, newClientOrderId: 'rest' });
  client.venue.market.move('BTCUSDT', 59000.1);
  const open = await client.signed('GET', '/fapi/v1/openOrders', { symbol: 'BTCUSDT' });
  assert.deepEqual(
    (open.body as unknown as { clientOrderId: string }[]).map((order) => order.clientOrderId),
    ['rest'],
  );
  client.venue.market.move('BTCUSDT', 58999.9);
  const { body } = await client.signed('GET', '/fapi/v1/order', { symbol: 'BTCUSDT', origClientOrderId: 'rest' });
  assert.deepEqual([body.status, body.avgPrice], ['FILLED', '59000']);
  assert.equal(client.venue.account().fills[0]?.maker, true);
});

test('a client id belongs to one open order; when that is done it may be used again', async (t) => {
  const client = await venueFor(t);
  const first = await client.signed('POST', '/fapi/v1/order', { ...LIMIT, newClientOrderId: 'same' });
  assert.equal(first.status, 200);
  const second = await client.signed('POST', '/fapi/v1/order', { ...LIMIT, newClientOrderId: 'same' });
  assert.deepEqual([second.status, second.body.code], [400, -4116]);
  assert.equal(client.venue.placings().get('same'), 1);
  await client.signed('DELETE', '/fapi/v1/order', { symbol: 'BTCUSDT', origClientOrderId: 'same' });
  assert.equal((await client.signed('POST', '/fapi/v1/order', { ...LIMIT, newClientOrderId: 'same' })).status, 200);
  assert.equal(client.venue.placings().get('same'), 2);
});

test('cancels tell what is open from what is not', async (t) => {
  const client = await venueFor(t);
  const stream = await openUserStream(t, client);
  await client.signed('POST', '/fapi/v1/order', { ...LIMIT, newClientOrderId: 'gone' });
  const key = { symbol: 'BTCUSDT', origClientOrderId: 'gone' };
  assert.equal((await client.signed('DELETE', '/fapi/v1/order', key)).body.status, 'CANCELED');
  assert.equal((await client.signed('DELETE', '/fapi/v1/order', key)).body.code, -2011);
  assert.equal((await client.signed('GET', '/fapi/v1/order', key)).body.status, 'CANCELED');
  assert.equal((await client.signed('GET', '/fapi/v1/order', { ...key, origClientOrderId: 'never' })).body.code, -2013);
  await client.signed('POST', '/fapi/v1/order', LIMIT);
  assert.equal((await client.signed('DELETE', '/fapi/v1/allOpenOrders', { symbol: 'BTCUSDT' })).body.code, 200);
  assert.equal(client.venue.account().openOrders.length, 0);
  await until(() => stream.messages.length >= 4);
  assert.deepEqual(wordsOf(stream.messages), [
    'order NEW NEW',
    'order CANCELED CANCELED',
    'order NEW NEW',
    'order CANCELED CANCELED',
  ]);
});

test('filters are judged on both sides of each boundary', async (t) => {
  const client = await venueFor(t, { wallet: 10_000_000 });
  const codeOf = async (change: Record<string, string | number>): Promise<number | undefined> =>
    (await client.signed('POST', '/fapi/v1/order', { ...LIMIT, ...change })).body.code;
  assert.equal(await codeOf({ quantity: 0 }), -4003);
  assert.equal(await codeOf({ quantity: 0.0005 }), -1111);
  assert.equal(await codeOf({ quantity: 0.0015 }), -1111);
  assert.equal(await codeOf({ quantity: 0.001, price: 50000 }), -4164);
  assert.equal(await codeOf({ quantity: 0.002, price: 50000 }), undefined);
  assert.equal(await codeOf({ quantity: 1000 }), undefined);
  assert.equal(await codeOf({ quantity: 1000.001 }), -4005);
  assert.equal(await codeOf({ price: 59000.05 }), -1111);
  assert.equal(await codeOf({ price: 63000 }), undefined);
  assert.equal(await codeOf({ price: 63000.1 }), -4016);
  assert.equal(await codeOf({ side: 'SELL', price: 57000 }), undefined);
  assert.equal(await codeOf({ side: 'SELL', price: 56999.9 }), -4024);
  assert.equal(await codeOf({ symbol: 'NOSUCH' }), -1121);
  assert.equal(await codeOf({ side: 'HOLD' }), -1117);
  assert.equal(await codeOf({ type: 'STOP_MARKET', stopPrice: 50000 }), -4120);
  assert.equal(await codeOf({ newClientOrderId: 'a'.repeat(36) }), undefined);
  assert.equal(await codeOf({ newClientOrderId: 'a'.repeat(37) }), -4015);
});

test('margin is what the leverage makes of it, to the order that is one too many', async (t) => {
  const client = await venueFor(t, { wallet: 100, takerFeePercent: 0 });
  await client.signed('POST', '/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: 10 });
  const at = { ...LIMIT, price: 50000 };
  assert.equal((await client.signed('POST', '/fapi/v1/order', { ...at, quantity: 0.021 })).body.code, -2019);
  assert.equal((await client.signed('POST', '/fapi/v1/order', { ...at, quantity: 0.02 })).status, 200);
  assert.equal((await client.signed('POST', '/fapi/v1/order', { ...at, quantity: 0.002 })).body.code, -2019);
  assert.equal(client.venue.account().available, 0);
});

test('reduce-only orders are refused without a position, and cut to it with one', async (t) => {
  const client = await venueFor(t);
  const sell = { ...BUY, side: 'SELL', quantity: 0.05, reduceOnly: true, newOrderRespType: 'RESULT' };
  assert.equal((await client.signed('POST', '/fapi/v1/order', sell)).body.code, -2022);
  await client.signed('POST', '/fapi/v1/order', BUY);
  assert.equal((await client.signed('POST', '/fapi/v1/order', { ...sell, side: 'BUY' })).body.code, -2022);
  const { body } = await client.signed('POST', '/fapi/v1/order', sell);
  assert.deepEqual([body.status, body.executedQty], ['FILLED', '0.01']);
  assert.deepEqual(client.venue.account().positions, []);
});

test('a position that goes flat ends resting reduce-only orders of the main book', async (t) => {
  const client = await venueFor(t);
  await client.signed('POST', '/fapi/v1/order', BUY);
  const target = { ...LIMIT, side: 'SELL', price: 65000, reduceOnly: true, newClientOrderId: 'target' };
  await client.signed('POST', '/fapi/v1/order', target);
  client.venue.owner.closePosition('BTCUSDT');
  const { body } = await client.signed('GET', '/fapi/v1/order', { symbol: 'BTCUSDT', origClientOrderId: 'target' });
  assert.equal(body.status, 'EXPIRED');
});

test('times in force: what takes, what may not take, and what must take all', async (t) => {
  const client = await venueFor(t);
  client.venue.market.setBook('BTCUSDT', [{ price: 59999, quantity: 1 }], [{ price: 60000, quantity: 0.005 }]);
  const send = async (change: Record<string, string | number>) =>
    (await client.signed('POST', '/fapi/v1/order', { ...LIMIT, newOrderRespType: 'RESULT', ...change })).body;
  assert.equal((await send({ timeInForce: 'GTX', price: 60000 })).code, -5022);
  assert.equal((await send({ timeInForce: 'GTX', price: 59999.9 })).status, 'NEW');
  assert.equal((await send({ timeInForce: 'FOK', price: 60000, quantity: 0.006 })).code, -5021);
  assert.equal((await send({ timeInForce: 'FOK', price: 60000, quantity: 0.005 })).status, 'FILLED');
  const part = await send({ timeInForce: 'IOC', price: 60000, quantity: 0.01 });
  assert.deepEqual([part.status, part.executedQty], ['EXPIRED', '0.005']);
});

test('in hedge mode both sides are held apart, and an order must name its side', async (t) => {
  const client = await venueFor(t, { hedgeMode: true });
  assert.equal((await client.signed('POST', '/fapi/v1/order', BUY)).body.code, -4061);
  await client.signed('POST', '/fapi/v1/order', { ...BUY, positionSide: 'LONG' });
  await client.signed('POST', '/fapi/v1/order', { ...BUY, side: 'SELL', positionSide: 'SHORT', quantity: 0.02 });
  const { body } = await client.signed('GET', '/fapi/v3/positionRisk');
  const risks = body as unknown as Record<string, string>[];
  assert.deepEqual(
    risks.map((risk) => [risk.positionSide, risk.positionAmt]),
    [
      ['LONG', '0.01'],
      ['SHORT', '-0.02'],
    ],
  );
  const wrong = { ...BUY, positionSide: 'SHORT', quantity: 0.02 };
  assert.equal((await client.signed('POST', '/fapi/v1/order', { ...wrong, reduceOnly: true })).body.code, -1106);
  assert.equal((await client.signed('POST', '/fapi/v1/order', wrong)).status, 200);
  assert.equal((await client.signed('POST', '/fapi/v1/order', wrong)).body.code, -2022);
});
