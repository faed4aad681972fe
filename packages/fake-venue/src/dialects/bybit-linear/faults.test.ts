import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUY, type Bybit, bybitFor, LIMIT, openPrivate, STOP, wordsOf } from '#testing/bybit-for-test.ts';
import { until } from '#testing/venue-for-test.ts';

const SYMBOL = { symbol: 'BTCUSDT' };
const UNIFIED = { accountType: 'UNIFIED' };
const place = (client: Bybit, change = {}) => client.post('/v5/order/create', { ...BUY, ...change });
const placeStop = (client: Bybit, change = {}) => client.post('/v5/order/create', { ...STOP, ...change });
const found = async (client: Bybit, orderLinkId: string) =>
  (await client.get('/v5/order/realtime', { ...SYMBOL, orderLinkId })).result.list[0]?.orderStatus;

test('timeoutAfterAccept: the order is there and the answer is not; by times and kind', async (t) => {
  const client = await bybitFor(t);
  client.venue.faults.timeoutAfterAccept = { kind: 'stop', times: 1, cut: true };
  assert.equal((await place(client, { orderLinkId: 'market' })).code, 0);
  await assert.rejects(placeStop(client, { orderLinkId: 'lost' }));
  assert.equal(client.venue.placings().get('lost'), 1);
  assert.equal(await found(client, 'lost'), 'Untriggered');
  assert.equal((await placeStop(client)).code, 0, 'it is spent');
  const [request] = client.venue.requests().filter(({ params }) => params.orderLinkId === 'lost');
  assert.deepEqual([request?.status, request?.path], [0, '/v5/order/create']);
});

test('timeoutBeforeAccept: neither the order nor the answer; cancels are struck only when named', async (t) => {
  const client = await bybitFor(t);
  await place(client, { ...LIMIT, orderLinkId: 'rest' });
  const cancel = () => client.post('/v5/order/cancel', { ...SYMBOL, orderLinkId: 'rest' });
  client.venue.faults.timeoutBeforeAccept = { cut: true };
  await assert.rejects(place(client, { orderLinkId: 'never' }));
  assert.equal(await found(client, 'never'), undefined);
  client.venue.faults.timeoutBeforeAccept = { kind: 'cancel', cut: true };
  await assert.rejects(cancel());
  assert.equal(await found(client, 'rest'), 'New');
  client.venue.faults.clear();
  client.venue.faults.timeoutAfterAccept = { kind: 'cancel', cut: true };
  await assert.rejects(cancel());
  assert.equal(await found(client, 'rest'), 'Cancelled');
});

test('rejectStop: stops with each code, targets only when they are named', async (t) => {
  const client = await bybitFor(t);
  const target = { triggerDirection: 1, triggerPrice: '61000' };
  for (const [reason, code] of [
    ['would-trigger', 110093],
    ['margin', 110007],
    ['unknown', 110999],
  ] as const) {
    client.venue.faults.rejectStop = reason;
    assert.equal((await placeStop(client)).code, code);
  }
  assert.equal((await placeStop(client, target)).code, 0);
  client.venue.faults.rejectStop = { reason: 'margin', kind: 'target', symbol: 'BTCUSDT' };
  assert.equal((await placeStop(client, target)).code, 110007);
  assert.equal((await placeStop(client)).code, 0);
});

test('neverWorking: answered, and then in no list, no message and no fill', async (t) => {
  const client = await bybitFor(t);
  const stream = await openPrivate(t, client, ['order']);
  client.venue.faults.neverWorking = { times: 1 };
  const { code, result } = await placeStop(client, { orderLinkId: 'ghost', reduceOnly: false });
  assert.deepEqual([code, result.orderLinkId], [0, 'ghost']);
  assert.equal(await found(client, 'ghost'), undefined);
  const cancelled = await client.post('/v5/order/cancel', { ...SYMBOL, orderId: String(result.orderId) });
  assert.equal(cancelled.code, 110001);
  await placeStop(client, { orderLinkId: 'real', triggerPrice: '50000' });
  client.venue.market.move('BTCUSDT', 58000);
  assert.equal(client.venue.account().fills.length, 0);
  await until(() => stream.messages.length > 0);
  assert.deepEqual(wordsOf(stream.messages), ['order Untriggered']);
  assert.equal(client.venue.placings().has('ghost'), false);
});

test('stopDoesNotFire: shown as waiting and deaf to its price, until the fault is off', async (t) => {
  const client = await bybitFor(t);
  client.venue.faults.stopDoesNotFire = true;
  await placeStop(client, { reduceOnly: false, orderLinkId: 'deaf' });
  client.venue.market.move('BTCUSDT', 58000);
  assert.equal(await found(client, 'deaf'), 'Untriggered');
  client.venue.faults.clear();
  client.venue.market.move('BTCUSDT', 57990);
  assert.equal(await found(client, 'deaf'), 'Filled');
});

test('partialFills: in pieces, one after the other, and with dust that stays', async (t) => {
  const client = await bybitFor(t);
  client.venue.faults.partialFills = { pieces: 2, everyMs: 20 };
  await place(client, { orderLinkId: 'slow' });
  assert.equal(await found(client, 'slow'), 'PartiallyFilled');
  await until(() => client.venue.account().fills.length === 2);
  assert.equal(await found(client, 'slow'), 'Filled');
  client.venue.faults.partialFills = { pieces: 2, leaveDust: true };
  await place(client, { orderLinkId: 'dusty' });
  const [dusty] = (await client.get('/v5/order/realtime', { ...SYMBOL, orderLinkId: 'dusty' })).result.list;
  assert.deepEqual([dusty?.orderStatus, dusty?.cumExecQty, dusty?.leavesQty], ['Cancelled', '0.0096', '0']);
});

test('duplicateClientId: refused as a duplicate at the first try, and the order exists', async (t) => {
  const client = await bybitFor(t);
  client.venue.faults.duplicateClientId = true;
  assert.equal((await place(client, { ...LIMIT, orderLinkId: 'first' })).code, 110072);
  assert.equal((await placeStop(client, { orderLinkId: 'stop' })).code, 110072);
  assert.deepEqual([await found(client, 'first'), await found(client, 'stop')], ['New', 'Untriggered']);
});

test('serverErrors: for all or for chosen calls, in HTML or JSON, and after the order was taken', async (t) => {
  const client = await bybitFor(t);
  client.venue.faults.serverErrors = true;
  const all = await client.open('/v5/market/time');
  assert.deepEqual([all.status, /^<html>/.test(all.text)], [502, true]);
  client.venue.faults.serverErrors = { status: 500, body: 'json', paths: ['POST /v5/order'], times: 1 };
  assert.equal((await client.open('/v5/market/time')).status, 200);
  const json = await place(client, { orderLinkId: 'not-taken' });
  assert.deepEqual([json.status, json.code], [500, 10016]);
  assert.equal(client.venue.placings().has('not-taken'), false);
  client.venue.faults.serverErrors = { status: 504, body: 'json', afterAccept: true, paths: ['/order'] };
  const lost = await place(client, { orderLinkId: 'taken' });
  assert.deepEqual([lost.status, lost.code], [504, 10000]);
  assert.equal(client.venue.placings().get('taken'), 1);
});

test('rateLimit: 10006 with the time of its end, and a ban that ends by itself', async (t) => {
  const client = await bybitFor(t);
  client.venue.faults.rateLimit = { retryAfterSeconds: 7, paths: ['realtime'] };
  const { status, code, headers } = await client.get('/v5/order/realtime', SYMBOL);
  assert.deepEqual([status, code, headers.get('x-bapi-limit-status')], [200, 10006, '0']);
  const waitMs = Number(headers.get('x-bapi-limit-reset-timestamp')) - Date.now();
  assert.ok(waitMs > 0 && waitMs <= 7000);
  assert.equal((await client.open('/v5/market/time')).status, 200);
  client.venue.faults.rateLimit = { status: 418, retryAfterSeconds: 0.2 };
  const ban = await client.open('/v5/market/time');
  assert.deepEqual([ban.status, ban.text], [403, '403, access too frequent']);
  const end = Date.now() + 5000;
  while ((await client.open('/v5/market/time')).status === 403) assert.ok(Date.now() < end);
  assert.equal(client.venue.faults.rateLimit, false);
});

test('refuse: each with its code, and reads go through where only trading is refused', async (t) => {
  const client = await bybitFor(t);
  const of = async (kind: typeof client.venue.faults.refuse) => {
    client.venue.faults.refuse = kind;
    const read = await client.get('/v5/account/wallet-balance', UNIFIED);
    const trade = await place(client);
    const open = await client.open('/v5/market/time');
    return [read.status, read.code, trade.code, open.status, open.code];
  };
  assert.deepEqual(await of('bad-key'), [200, 10003, 10003, 200, 0]);
  assert.deepEqual(await of('no-permission'), [200, 10005, 10005, 200, 0]);
  assert.deepEqual(await of('read-only'), [200, 0, 10005, 200, 0]);
  assert.deepEqual(await of('ip'), [200, 10010, 10010, 200, 0]);
  assert.deepEqual(await of('restricted'), [403, undefined, undefined, 403, undefined]);
  assert.deepEqual(await of('maintenance'), [200, 10016, 110066, 200, 10016]);
  assert.deepEqual(await of(false), [200, 0, 0, 200, 0]);
});

test('a request is recorded with what its body said, and with no key or signature', async (t) => {
  const client = await bybitFor(t);
  await place(client, { orderLinkId: 'seen', qty: '0.0001' });
  const request = client.venue.requests().at(-1);
  assert.deepEqual([request?.method, request?.code, request?.params.orderLinkId], ['POST', 10001, 'seen']);
  assert.doesNotMatch(JSON.stringify(request), /fake-key|sign/);
});
