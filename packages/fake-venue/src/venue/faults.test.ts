import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUY, type Client, openUserStream, STOP, until, venueFor, wordsOf } from '#testing/venue-for-test.ts';

const LIMIT = { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 0.01, price: 59000 };
const place = (client: Client, change = {}) => client.signed('POST', '/fapi/v1/order', { ...BUY, ...change });
const placeStop = (client: Client, change = {}) => client.signed('POST', '/fapi/v1/algoOrder', { ...STOP, ...change });

test('timeoutAfterAccept: the order is there and the answer is not; by times and kind', async (t) => {
  const client = await venueFor(t);
  client.venue.faults.timeoutAfterAccept = { kind: 'market', times: 1, cut: true };
  assert.equal((await place(client, { ...LIMIT, newClientOrderId: 'limit' })).status, 200);
  await assert.rejects(place(client, { newClientOrderId: 'lost' }));
  assert.equal(client.venue.placings().get('lost'), 1);
  assert.equal(client.venue.account().positions.length, 1);
  assert.equal(client.venue.requests().at(-1)?.status, 0);
  assert.equal((await place(client)).status, 200, 'it is spent');
});

test('timeoutAfterAccept without a cut holds the socket open', async (t) => {
  const client = await venueFor(t);
  client.venue.faults.timeoutAfterAccept = true;
  const answer = place(client, { newClientOrderId: 'held' }).then(
    () => 'answered',
    () => 'cut',
  );
  await until(() => client.venue.placings().has('held'));
  client.venue.faults.clear();
  assert.equal((await place(client)).status, 200);
  await client.venue.stop();
  assert.equal(await answer, 'cut', 'only the end of the venue ends it');
});

test('timeoutBeforeAccept: neither the order nor the answer; cancels are struck only when named', async (t) => {
  const client = await venueFor(t);
  await place(client, { ...LIMIT, newClientOrderId: 'rest' });
  const cancel = () => client.signed('DELETE', '/fapi/v1/order', { symbol: 'BTCUSDT', origClientOrderId: 'rest' });
  client.venue.faults.timeoutBeforeAccept = { cut: true };
  await assert.rejects(place(client, { newClientOrderId: 'never' }));
  assert.equal(client.venue.placings().has('never'), false);
  client.venue.faults.timeoutBeforeAccept = { kind: 'cancel', cut: true };
  await assert.rejects(cancel());
  assert.equal(client.venue.account().openOrders.length, 1);
  client.venue.faults.clear();
  client.venue.faults.timeoutAfterAccept = { kind: 'cancel', cut: true };
  assert.equal((await place(client)).status, 200);
  await assert.rejects(cancel());
  assert.equal(client.venue.account().openOrders.length, 0);
});

test('rejectStop: stops with each code, targets only when they are named', async (t) => {
  const client = await venueFor(t);
  const target = { type: 'TAKE_PROFIT_MARKET', triggerPrice: 61000 };
  for (const [reason, code] of [
    ['would-trigger', -2021],
    ['margin', -2019],
    ['unknown', -4999],
  ] as const) {
    client.venue.faults.rejectStop = reason;
    assert.equal((await placeStop(client)).body.code, code);
  }
  assert.equal((await placeStop(client, target)).status, 200);
  client.venue.faults.rejectStop = { reason: 'margin', kind: 'target', symbol: 'BTCUSDT' };
  assert.equal((await placeStop(client, target)).body.code, -2019);
  assert.equal((await placeStop(client)).status, 200);
});

test('neverWorking: answered, and then in no list, no event and no fill', async (t) => {
  const client = await venueFor(t);
  const stream = await openUserStream(t, client);
  client.venue.faults.neverWorking = { times: 1 };
  const { status, body } = await placeStop(client, { clientAlgoId: 'ghost', reduceOnly: false });
  assert.deepEqual([status, body.algoStatus], [200, 'NEW']);
  assert.equal((await client.signed('GET', '/fapi/v1/algoOrder', { clientAlgoId: 'ghost' })).body.code, -2013);
  await placeStop(client, { clientAlgoId: 'real', triggerPrice: 50000 });
  client.venue.market.move('BTCUSDT', 58000);
  assert.deepEqual(
    client.venue.account().conditionalOrders.map((order) => order.clientId),
    ['real'],
  );
  assert.equal(client.venue.account().fills.length, 0);
  await until(() => stream.messages.length > 0);
  assert.deepEqual(wordsOf(stream.messages), ['algo NEW']);
  assert.equal(client.venue.placings().has('ghost'), false);
});

test('stopDoesNotFire: shown as working and deaf to its price, until the fault is off', async (t) => {
  const client = await venueFor(t);
  client.venue.faults.stopDoesNotFire = true;
  await placeStop(client, { reduceOnly: false });
  client.venue.market.move('BTCUSDT', 58000);
  assert.equal(client.venue.account().conditionalOrders.length, 1);
  client.venue.faults.clear();
  client.venue.market.move('BTCUSDT', 57990);
  assert.equal(client.venue.account().fills.length, 1);
});

test('partialFills: in pieces, at once or one after the other, and with dust that stays', async (t) => {
  const client = await venueFor(t);
  client.venue.faults.partialFills = { pieces: 4 };
  await place(client);
  assert.deepEqual(
    client.venue.account().fills.map((fill) => fill.quantity),
    [0.002, 0.002, 0.002, 0.004],
  );

  client.venue.faults.partialFills = { pieces: 2, everyMs: 20 };
  const { body } = await place(client, { side: 'SELL', newOrderRespType: 'RESULT' });
  assert.deepEqual([body.status, body.executedQty], ['PARTIALLY_FILLED', '0.005']);
  await until(() => client.venue.account().positions.length === 0);

  client.venue.faults.partialFills = { pieces: 2, leaveDust: true };
  const dusty = (await place(client, { newOrderRespType: 'RESULT' })).body;
  assert.deepEqual([dusty.status, dusty.executedQty], ['EXPIRED', '0.0096']);
  client.venue.faults.clear();
  await place(client, { side: 'SELL', quantity: 0.009, reduceOnly: true });
  assert.equal(client.venue.account().positions[0]?.quantity, 0.0006);
});

test('duplicateClientId: refused as a duplicate at the first try, and the order exists', async (t) => {
  const client = await venueFor(t);
  client.venue.faults.duplicateClientId = true;
  assert.equal((await place(client, { ...LIMIT, newClientOrderId: 'first' })).body.code, -4116);
  assert.equal((await placeStop(client, { clientAlgoId: 'stop' })).body.code, -4116);
  const found = await client.signed('GET', '/fapi/v1/order', { symbol: 'BTCUSDT', origClientOrderId: 'first' });
  assert.equal(found.body.status, 'NEW');
  assert.equal(client.venue.placings().get('stop'), 1);
});

test('serverErrors: for all or for chosen calls, in HTML or JSON, and after the order was taken', async (t) => {
  const client = await venueFor(t);
  client.venue.faults.serverErrors = true;
  const all = await client.open('GET', '/fapi/v1/time');
  assert.equal(all.status, 502);
  assert.match(all.text, /^<html>/);
  client.venue.faults.serverErrors = { status: 503, body: 'json', paths: ['POST /fapi/v1/order'], times: 1 };
  assert.equal((await client.open('GET', '/fapi/v1/time')).status, 200);
  const json = await place(client, { newClientOrderId: 'not-taken' });
  assert.deepEqual([json.status, json.body.code], [503, -1000]);
  assert.equal(client.venue.placings().has('not-taken'), false);
  client.venue.faults.serverErrors = { status: 504, afterAccept: true, paths: ['/order'] };
  assert.equal((await place(client, { newClientOrderId: 'taken' })).status, 504);
  assert.equal(client.venue.placings().get('taken'), 1);
});

test('rateLimit: 429 with Retry-After, and a ban that ends by itself', async (t) => {
  const client = await venueFor(t);
  client.venue.faults.rateLimit = { retryAfterSeconds: 7, paths: ['openOrders'] };
  const { status, body, headers } = await client.signed('GET', '/fapi/v1/openOrders');
  assert.deepEqual([status, body.code, headers.get('retry-after')], [429, -1003, '7']);
  assert.equal((await client.open('GET', '/fapi/v1/time')).status, 200);
  client.venue.faults.rateLimit = { status: 418, retryAfterSeconds: 0.2 };
  const ban = await client.open('GET', '/fapi/v1/time');
  assert.equal(ban.status, 418);
  assert.match(String(ban.body.msg), /banned until \d{13}/);
  const end = Date.now() + 5000;
  while ((await client.open('GET', '/fapi/v1/time')).status === 418) assert.ok(Date.now() < end);
  assert.equal(client.venue.faults.rateLimit, false);
});

test('refuse: each with its code, and reads go through where only trading is refused', async (t) => {
  const client = await venueFor(t);
  const of = async (kind: typeof client.venue.faults.refuse) => {
    client.venue.faults.refuse = kind;
    const read = await client.signed('GET', '/fapi/v3/balance');
    const trade = await place(client);
    const open = await client.open('GET', '/fapi/v1/time');
    return [read.status, read.body.code, trade.body.code, open.status];
  };
  assert.deepEqual(await of('bad-key'), [401, -2014, -2014, 200]);
  assert.deepEqual(await of('no-permission'), [401, -2015, -2015, 200]);
  assert.deepEqual(await of('read-only'), [200, undefined, -2015, 200]);
  assert.deepEqual(await of('ip'), [403, undefined, undefined, 403]);
  assert.deepEqual(await of('restricted'), [451, 0, 0, 451]);
  assert.deepEqual(await of('maintenance'), [503, -1016, -1016, 503]);
  assert.deepEqual(await of(false), [200, undefined, undefined, 200]);
});

test('symbolWithoutPrecision: that symbol is listed bare, the others are not', async (t) => {
  const client = await venueFor(t);
  client.venue.faults.symbolWithoutPrecision = 'ETHUSDT';
  const { body } = await client.open('GET', '/fapi/v1/exchangeInfo');
  const listed = body.symbols as { symbol: string; filters: unknown[]; pricePrecision?: number }[];
  assert.deepEqual(
    listed.map((one) => [one.symbol, one.filters.length > 0, one.pricePrecision !== undefined]),
    [
      ['BTCUSDT', true, true],
      ['ETHUSDT', false, false],
      ['SOLUSDT', true, true],
    ],
  );
});

test('clear sets all back', async (t) => {
  const { venue } = await venueFor(t);
  const before = JSON.stringify(venue.faults);
  Object.assign(venue.faults, {
    refuse: 'ip',
    clockOffsetMs: 5,
    partialFills: true,
    halfOpenSockets: true,
    weightLimit: 1,
  });
  assert.notEqual(JSON.stringify(venue.faults), before);
  venue.faults.clear();
  assert.equal(JSON.stringify(venue.faults), before);
});
