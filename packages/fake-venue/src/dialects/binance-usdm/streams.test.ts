import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUY, openStream, openUserStream, type Stream, until, venueFor, wordsOf } from '#testing/venue-for-test.ts';

type Message = Record<string, unknown>;
const subscribe = async (stream: Stream, params: string[], method = 'SUBSCRIBE'): Promise<void> => {
  stream.socket.send(JSON.stringify({ method, params, id: params.length + 100 }));
  await until(() => stream.messages.some((message) => 'result' in message && message.id === params.length + 100));
  stream.messages.length = 0;
};
const ofType = (stream: Stream, type: string): Message[] => stream.messages.filter((message) => message.e === type);

test('market streams are subscribed, answered with the id, told, and left', async (t) => {
  const client = await venueFor(t);
  const stream = await openStream(t, client.venue, '/public/ws/1');
  await subscribe(stream, ['btcusdt@trade', 'btcusdt@bookTicker', 'btcusdt@markPrice@1s']);
  client.venue.market.move('BTCUSDT', 60100);
  client.venue.market.move('ETHUSDT', 3100);
  await until(() => ofType(stream, 'markPriceUpdate').some((message) => message.p === '60100'));
  const trade = ofType(stream, 'trade')[0]!;
  assert.deepEqual([trade.s, trade.p, trade.X, trade.m], ['BTCUSDT', '60100', 'MARKET', false]);
  const ticker = ofType(stream, 'bookTicker')[0]!;
  assert.deepEqual([ticker.b, ticker.a], ['60099.9', '60100.1']);
  assert.ok(stream.messages.every((message) => message.s === 'BTCUSDT'));
  await subscribe(stream, ['btcusdt@trade'], 'UNSUBSCRIBE');
  client.venue.market.move('BTCUSDT', 60200);
  await until(() => ofType(stream, 'bookTicker').length > 0);
  assert.equal(ofType(stream, 'trade').length, 0);
});

test('the path names streams too, and /stream wraps them', async (t) => {
  const client = await venueFor(t);
  const raw = await openStream(t, client.venue, '/ws/btcusdt@aggTrade');
  const combined = await openStream(t, client.venue, '/stream?streams=btcusdt@trade/ethusdt@trade');
  client.venue.market.print('BTCUSDT', 60001, 0.5, 'SELL');
  await until(() => raw.messages.length > 0 && combined.messages.length > 0);
  assert.deepEqual([raw.messages[0]!.e, raw.messages[0]!.m], ['aggTrade', true]);
  assert.equal(combined.messages[0]!.stream, 'btcusdt@trade');
});

test('an unknown command and bad JSON are answered with an error, an unknown path closes', async (t) => {
  const client = await venueFor(t);
  const stream = await openStream(t, client.venue, '/market/ws/1');
  stream.socket.send('{');
  stream.socket.send(JSON.stringify({ method: 'DANCE', id: 1 }));
  await until(() => stream.messages.length === 2);
  assert.ok(stream.messages.every((message) => 'error' in message));
  const nowhere = await openStream(t, client.venue, '/elsewhere');
  await until(() => nowhere.closed);
});

test('depth changes follow one another without a gap, until sequenceGap', async (t) => {
  const client = await venueFor(t);
  const stream = await openStream(t, client.venue, '/public/ws/1');
  await subscribe(stream, ['btcusdt@depth@100ms', 'btcusdt@bookTicker']);
  for (const price of [60010, 60020, 60030]) client.venue.market.move('BTCUSDT', price);
  await until(() => ofType(stream, 'depthUpdate').length === 3);
  const [first, second, third] = ofType(stream, 'depthUpdate');
  assert.equal(second!.pu, first!.u);
  assert.equal(third!.pu, second!.u);
  // Whoever asks between two changes can go on with the next one.
  const asked = async () => (await client.open('GET', '/fapi/v1/depth', { symbol: 'BTCUSDT' })).body.lastUpdateId;
  assert.equal(await asked(), third!.u);
  client.venue.faults.sequenceGap = { symbol: 'BTCUSDT', times: 1 };
  client.venue.market.move('BTCUSDT', 60040);
  client.venue.market.move('BTCUSDT', 60050);
  await until(() => ofType(stream, 'depthUpdate').length === 5);
  const [, , , gap, after] = ofType(stream, 'depthUpdate');
  assert.ok(Number(gap!.pu) > Number(third!.u));
  assert.equal(after!.pu, gap!.u);
  assert.equal(await asked(), after!.u, 'also after a jump');
});

test('the listen key is one while it lives; another after it was closed', async (t) => {
  const client = await venueFor(t);
  const create = async () => (await client.keyed('POST', '/fapi/v1/listenKey')).body.listenKey;
  const first = await create();
  assert.equal(await create(), first);
  assert.equal((await client.keyed('PUT', '/fapi/v1/listenKey')).status, 200);
  assert.equal((await client.keyed('DELETE', '/fapi/v1/listenKey')).status, 200);
  assert.equal((await client.keyed('PUT', '/fapi/v1/listenKey')).body.code, -1125);
  assert.notEqual(await create(), first);
  assert.equal((await client.open('POST', '/fapi/v1/listenKey')).body.code, -2014);
});

test('listenKeyExpired: the event comes, then nothing, until a new key', async (t) => {
  const client = await venueFor(t);
  const old = await openUserStream(t, client);
  client.venue.faults.listenKeyExpired = true;
  await until(() => old.messages.length > 0);
  assert.deepEqual([old.messages[0]!.e, old.messages[0]!.listenKey], ['listenKeyExpired', old.listenKey]);
  assert.equal((await client.keyed('PUT', '/fapi/v1/listenKey')).body.code, -1125);
  const next = await openUserStream(t, client);
  assert.notEqual(next.listenKey, old.listenKey);
  client.venue.owner.transfer(5);
  await until(() => next.messages.length > 0);
  assert.equal(old.messages.length, 1);
});

test('listenKeySilent: the key dies and says nothing', async (t) => {
  const client = await venueFor(t);
  const old = await openUserStream(t, client);
  client.venue.faults.listenKeySilent = true;
  const next = await openUserStream(t, client);
  client.venue.owner.transfer(5);
  await until(() => next.messages.length > 0);
  assert.deepEqual([old.messages.length, old.closed], [0, false]);
});

test('halfOpenSockets: no data and no pong; with `existing` a new socket is well', async (t) => {
  const client = await venueFor(t);
  const stream = await openStream(t, client.venue, '/ws/btcusdt@trade');
  stream.socket.ping();
  await until(() => stream.pongs === 1);
  client.venue.faults.halfOpenSockets = 'existing';
  const next = await openStream(t, client.venue, '/ws/btcusdt@trade');
  stream.socket.ping();
  next.socket.ping();
  client.venue.market.print('BTCUSDT', 60001, 1);
  await until(() => next.messages.length > 0 && next.pongs === 1);
  assert.deepEqual([stream.messages.length, stream.pongs, stream.closed], [0, 1, false]);
  client.venue.faults.halfOpenSockets = true;
  const deaf = await openStream(t, client.venue, '/ws/btcusdt@trade');
  client.venue.faults.clear();
  const well = await openStream(t, client.venue, '/ws/btcusdt@trade');
  client.venue.market.print('BTCUSDT', 60002, 1);
  await until(() => well.messages.length > 0);
  assert.deepEqual([deaf.messages.length, next.messages.length], [0, 1]);
});

test('cutSockets cuts those that are open and lets new ones in', async (t) => {
  const client = await venueFor(t);
  const stream = await openUserStream(t, client);
  client.venue.faults.cutSockets();
  await until(() => stream.closed);
  await openUserStream(t, client);
  assert.equal(client.venue.socketCount(), 1);
});

test('user events: dropped by count, doubled, and later in order', async (t) => {
  const client = await venueFor(t);
  const stream = await openUserStream(t, client);
  client.venue.faults.dropUserEvents(2);
  await client.signed('POST', '/fapi/v1/order', BUY);
  await until(() => stream.messages.length > 0);
  assert.deepEqual(wordsOf(stream.messages), ['order TRADE FILLED']);
  stream.messages.length = 0;
  client.venue.faults.duplicateUserEvents = true;
  client.venue.owner.transfer(5);
  await until(() => stream.messages.length === 2);
  assert.deepEqual(stream.messages[0], stream.messages[1]);
  client.venue.faults.clear();
  stream.messages.length = 0;
  client.venue.faults.userEventDelayMs = 30;
  await client.signed('POST', '/fapi/v1/order', BUY);
  assert.equal(stream.messages.length, 0);
  await until(() => stream.messages.length === 3);
  assert.deepEqual(wordsOf(stream.messages), ['order NEW NEW', 'account ORDER', 'order TRADE FILLED']);
});

test('conditionalEventsLate: the fill is told before the order that it came from', async (t) => {
  const client = await venueFor(t);
  client.venue.owner.order({ symbol: 'BTCUSDT', side: 'SELL', type: 'STOP_MARKET', quantity: 0.01, stopPrice: 59000 });
  const stream = await openUserStream(t, client);
  client.venue.faults.conditionalEventsLate = true;
  client.venue.market.move('BTCUSDT', 58990);
  await until(() => wordsOf(stream.messages).includes('algo FINISHED'));
  assert.deepEqual(wordsOf(stream.messages), [
    'order NEW NEW',
    'account ORDER',
    'order TRADE FILLED',
    'algo TRIGGERING',
    'algo TRIGGERED',
    'algo FINISHED',
  ]);
});

test('what the owner does by hand is told like anything else', async (t) => {
  const client = await venueFor(t);
  const stream = await openUserStream(t, client);
  const { owner } = client.venue;
  owner.order({ symbol: 'ETHUSDT', side: 'BUY', type: 'MARKET', quantity: 1 });
  owner.order({ symbol: 'ETHUSDT', side: 'BUY', type: 'LIMIT', quantity: 1, price: 2000 });
  owner.cancelAll('ETHUSDT');
  owner.leverage('ETHUSDT', 5);
  owner.funding('ETHUSDT', 0.01);
  owner.closePosition('ETHUSDT');
  owner.transfer(-100);
  await until(() => stream.messages.length === 11);
  assert.deepEqual(wordsOf(stream.messages), [
    ...['order NEW NEW', 'account ORDER', 'order TRADE FILLED'],
    ...['order NEW NEW', 'order CANCELED CANCELED', 'ACCOUNT_CONFIG_UPDATE', 'account FUNDING_FEE'],
    ...['order NEW NEW', 'account ORDER', 'order TRADE FILLED', 'account WITHDRAW'],
  ]);
  assert.equal(client.venue.placings().size, 0, 'they are not orders of the API');
  const withdrawn = (stream.messages[10]!.a as { B: { bc: string }[] }).B[0];
  assert.equal(withdrawn?.bc, '-100');
});
