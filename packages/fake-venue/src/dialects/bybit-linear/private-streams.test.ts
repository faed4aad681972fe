import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authArguments, BUY, bybitFor, command, dataOf, openPrivate, STOP, wordsOf } from '#testing/bybit-for-test.ts';
import { openStream, until } from '#testing/venue-for-test.ts';

const PRIVATE = '/v5/private';

test('a socket signs in, subscribes and hears what comes after that', async (t) => {
  const client = await bybitFor(t);
  const stream = await openStream(t, client.venue, PRIVATE);
  const early = await command(stream, 'subscribe', ['wallet']);
  assert.deepEqual([early.success, early.ret_msg], [false, 'Request not authorized']);
  const auth = await command(stream, 'auth', authArguments());
  assert.deepEqual([auth.success, auth.ret_msg, auth.op], [true, '', 'auth']);
  client.venue.owner.transfer(5);
  const subscribed = await command(stream, 'subscribe', ['wallet']);
  assert.deepEqual([subscribed.success, subscribed.ret_msg, subscribed.op], [true, '', 'subscribe']);
  const pong = await command(stream, 'ping');
  assert.deepEqual([pong.op, String((pong.args as string[])[0]).length], ['pong', 13]);
  assert.equal(stream.messages.length, 0, 'what came before is not told');
  client.venue.owner.transfer(5);
  await until(() => stream.messages.length > 0);
  assert.deepEqual([stream.messages[0]?.topic, dataOf(stream.messages[0]).totalWalletBalance], ['wallet', '10010']);
  assert.equal(typeof stream.messages[0]?.creationTime, 'number');
  await command(stream, 'unsubscribe', ['wallet']);
  client.venue.owner.transfer(5);
  await command(stream, 'ping');
  assert.equal(stream.messages.length, 0);
  assert.equal((await command(stream, 'subscribe', ['wallet', 'nothing'])).success, false);
  assert.equal((await command(stream, 'dance')).success, false);
});

test('a wrong signature, a wrong key and a time that is past do not sign in', async (t) => {
  const client = await bybitFor(t);
  const stream = await openStream(t, client.venue, PRIVATE);
  const [, expires, sign] = authArguments();
  for (const args of [
    authArguments('wrong'),
    ['other', expires, sign],
    authArguments('fake-secret', Date.now() - 1),
    [],
  ]) {
    assert.equal((await command(stream, 'auth', args)).success, false);
  }
  assert.equal((await command(stream, 'subscribe', ['order'])).success, false);
  client.venue.faults.clockOffsetMs = 20_000;
  assert.equal((await command(stream, 'auth', authArguments())).success, false, 'the clock of the venue counts');
  client.venue.faults.clear();
  for (const refuse of ['bad-key', 'no-permission', 'ip', 'maintenance'] as const) {
    client.venue.faults.refuse = refuse;
    assert.equal((await command(stream, 'auth', authArguments())).success, false);
  }
  client.venue.faults.refuse = 'read-only';
  assert.equal((await command(stream, 'auth', authArguments())).success, true);
});

test('a topic of a category is told under that name, and a topic that is not subscribed not at all', async (t) => {
  const client = await bybitFor(t);
  const stream = await openPrivate(t, client, ['order.linear']);
  await client.post('/v5/order/create', BUY);
  await until(() => stream.messages.length > 0);
  await command(stream, 'ping');
  const other = await openPrivate(t, client, ['position']);
  await client.post('/v5/order/create', BUY);
  await until(() => stream.messages.length > 0 && other.messages.length > 0);
  assert.deepEqual([wordsOf(stream.messages), wordsOf(other.messages)], [['order.linear Filled'], ['position 0.02']]);
});

test('listenKeyExpired: private sockets are closed, public ones are not, and a new one signs in', async (t) => {
  const client = await bybitFor(t);
  const stream = await openPrivate(t, client);
  const open = await openStream(t, client.venue, '/v5/public/linear');
  client.venue.faults.listenKeyExpired = true;
  await until(() => stream.closed);
  assert.equal((await command(open, 'ping')).success, true);
  const next = await openPrivate(t, client, ['wallet']);
  client.venue.owner.transfer(5);
  await until(() => next.messages.length > 0);
});

test('listenKeySilent: the session dies and says nothing, but for pongs, until it signs in again', async (t) => {
  const client = await bybitFor(t);
  const stream = await openPrivate(t, client, ['wallet']);
  client.venue.faults.listenKeySilent = true;
  client.venue.owner.transfer(5);
  await command(stream, 'ping');
  assert.deepEqual([stream.messages.length, stream.closed], [0, false]);
  await command(stream, 'auth', authArguments());
  client.venue.owner.transfer(5);
  await until(() => stream.messages.length > 0);
});

test('user messages: dropped by count, doubled, and later in order', async (t) => {
  const client = await bybitFor(t);
  const stream = await openPrivate(t, client, ['order', 'execution', 'position']);
  const { faults, owner } = client.venue;
  const order = { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: 0.01 } as const;
  faults.dropUserEvents(2);
  owner.order(order);
  await until(() => stream.messages.length > 0);
  assert.deepEqual(wordsOf(stream.messages), ['order Filled'], 'what nobody hears is not counted');
  stream.messages.length = 0;
  faults.duplicateUserEvents = true;
  owner.leverage('BTCUSDT', 5);
  await until(() => stream.messages.length === 2);
  assert.deepEqual(dataOf(stream.messages[0]), dataOf(stream.messages[1]));
  faults.clear();
  stream.messages.length = 0;
  faults.userEventDelayMs = 30;
  owner.order(order);
  assert.equal(stream.messages.length, 0);
  await until(() => stream.messages.length === 3);
  assert.deepEqual(wordsOf(stream.messages), ['position 0.02', 'execution 0.01', 'order Filled']);
});

test('conditionalEventsLate: that it was triggered is told after the fill', async (t) => {
  const client = await bybitFor(t);
  const stream = await openPrivate(t, client, ['order']);
  await client.post('/v5/order/create', { ...STOP, reduceOnly: false });
  await until(() => stream.messages.length === 1);
  client.venue.faults.conditionalEventsLate = true;
  client.venue.market.move('BTCUSDT', 58990);
  await until(() => stream.messages.length === 3);
  assert.deepEqual(wordsOf(stream.messages), ['order Untriggered', 'order Filled', 'order Triggered']);
});

test('what the owner does by hand is told like anything else', async (t) => {
  const client = await bybitFor(t);
  const stream = await openPrivate(t, client);
  const { owner } = client.venue;
  owner.order({ symbol: 'ETHUSDT', side: 'BUY', type: 'MARKET', quantity: 1 });
  owner.order({ symbol: 'ETHUSDT', side: 'BUY', type: 'LIMIT', quantity: 1, price: 2900 });
  owner.cancelAll('ETHUSDT');
  owner.order({
    symbol: 'ETHUSDT',
    side: 'SELL',
    type: 'STOP_MARKET',
    quantity: 0,
    closePosition: true,
    stopPrice: 2900,
  });
  owner.leverage('ETHUSDT', 5);
  owner.funding('ETHUSDT', 0.01);
  owner.closePosition('ETHUSDT');
  owner.transfer(-100);
  await until(() => stream.messages.length === 16);
  assert.deepEqual(wordsOf(stream.messages), [
    ...['position 1', 'wallet', 'execution 1', 'order Filled', 'order New', 'order Cancelled', 'order Untriggered'],
    ...['position 1', 'execution 1', 'wallet', 'position 0', 'wallet', 'execution 1', 'order Filled'],
    ...['order Deactivated', 'wallet'],
  ]);
  const stop = dataOf(stream.messages[6]);
  assert.deepEqual([stop.stopOrderType, stop.tpslMode, stop.closeOnTrigger], ['StopLoss', 'Full', true]);
  const funding = dataOf(stream.messages[8]);
  assert.deepEqual([funding.execType, funding.execFee], ['Funding', '0.3']);
  const flat = dataOf(stream.messages[10]);
  assert.deepEqual([flat.side, flat.size, flat.entryPrice], ['', '0', '0']);
  assert.equal(client.venue.placings().size, 0, 'they are not orders of the API');
});
