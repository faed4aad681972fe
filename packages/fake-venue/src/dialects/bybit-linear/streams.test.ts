import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bybitFor, command, dataOf } from '#testing/bybit-for-test.ts';
import { openStream, type Stream, until } from '#testing/venue-for-test.ts';

type Message = Record<string, unknown>;
interface Book {
  u: number;
  b: [string, string][];
  a: [string, string][];
}
const LINEAR = '/v5/public/linear';
const ofTopic = (stream: Stream, topic: string): Message[] => stream.messages.filter((one) => one.topic === topic);
const bookOf = (message: Message | undefined): Book => message?.data as Book;

test('topics are subscribed with an answer, told, and left', async (t) => {
  const client = await bybitFor(t);
  const stream = await openStream(t, client.venue, LINEAR);
  const answer = await command(stream, 'subscribe', ['publicTrade.BTCUSDT']);
  assert.deepEqual([answer.success, answer.op, typeof answer.conn_id], [true, 'subscribe', 'string']);
  client.venue.market.print('ETHUSDT', 3001, 1);
  client.venue.market.print('BTCUSDT', 60001, 0.5, 'SELL');
  await until(() => stream.messages.length > 0);
  const { topic, type } = stream.messages[0]!;
  const { s, S, p, v } = dataOf(stream.messages[0]);
  assert.deepEqual([topic, type, s, S, p, v], ['publicTrade.BTCUSDT', 'snapshot', 'BTCUSDT', 'Sell', '60001', '0.5']);
  assert.equal((await command(stream, 'unsubscribe', ['publicTrade.BTCUSDT'])).success, true);
  client.venue.market.print('BTCUSDT', 60002, 1);
  assert.deepEqual((await command(stream, 'ping')).ret_msg, 'pong');
  assert.equal(stream.messages.length, 0);
});

test('one topic that does not exist spoils the command, and an unknown path closes', async (t) => {
  const client = await bybitFor(t);
  const stream = await openStream(t, client.venue, LINEAR);
  for (const bad of ['orderbook.500.BTCUSDT', 'publicTrade.NOSUCH', 'kline.7.BTCUSDT', 'wallet', 'tickers']) {
    const answer = await command(stream, 'subscribe', ['publicTrade.BTCUSDT', bad]);
    assert.deepEqual([answer.success, answer.ret_msg], [false, `error:handler not found,topic:${bad}`]);
  }
  client.venue.market.print('BTCUSDT', 60001, 1);
  assert.equal((await command(stream, 'dance')).success, false);
  assert.equal(stream.messages.length, 0);
  stream.socket.send('{');
  await until(() => stream.messages.some((message) => message.success === false));
  for (const path of ['/elsewhere', '/v5/public/spot']) {
    const nowhere = await openStream(t, client.venue, path);
    await until(() => nowhere.closed);
  }
});

test('a book is a snapshot and then changes, and the number of each follows the last, until sequenceGap', async (t) => {
  const client = await bybitFor(t);
  const stream = await openStream(t, client.venue, LINEAR);
  const topic = 'orderbook.50.BTCUSDT';
  await command(stream, 'subscribe', [topic]);
  for (const price of [60000.1, 60000.2]) client.venue.market.move('BTCUSDT', price);
  await until(() => ofTopic(stream, topic).length === 3);
  const [snapshot, first, second] = ofTopic(stream, topic);
  assert.deepEqual([snapshot?.type, first?.type, second?.type], ['snapshot', 'delta', 'delta']);
  assert.equal(bookOf(snapshot).b.length, 20);
  assert.deepEqual(
    bookOf(first)
      .b.map(([price]) => price)
      .sort(),
    ['59998', '60000'],
  );
  assert.equal(bookOf(first).b.find(([price]) => price === '59998')?.[1], '0');
  assert.deepEqual([bookOf(first).u, bookOf(second).u], [bookOf(snapshot).u + 1, bookOf(snapshot).u + 2]);
  client.venue.faults.sequenceGap = { symbol: 'BTCUSDT', times: 1 };
  client.venue.market.move('BTCUSDT', 60000.3);
  client.venue.market.move('BTCUSDT', 60000.4);
  await until(() => ofTopic(stream, topic).length === 5);
  const [, , , gap, after] = ofTopic(stream, topic);
  assert.ok(bookOf(gap).u > bookOf(second).u + 1);
  assert.equal(bookOf(after).u, bookOf(gap).u + 1);
});

test('who comes later gets a snapshot from which the same changes go on', async (t) => {
  const client = await bybitFor(t);
  const topic = 'orderbook.1.BTCUSDT';
  const one = await openStream(t, client.venue, LINEAR);
  await command(one, 'subscribe', [topic]);
  client.venue.market.move('BTCUSDT', 60010);
  const two = await openStream(t, client.venue, LINEAR);
  await command(two, 'subscribe', [topic]);
  client.venue.market.move('BTCUSDT', 60020);
  await until(() => ofTopic(one, topic).length === 3 && ofTopic(two, topic).length === 2);
  const [snapshot, change] = ofTopic(two, topic);
  assert.deepEqual(bookOf(snapshot).b, [['60009.9', '3.333']]);
  assert.deepEqual(ofTopic(one, topic).at(-1), change);
  assert.equal(bookOf(change).u, bookOf(snapshot).u + 1);
});

test('a ticker is a snapshot and then what has changed, the mark with it', async (t) => {
  const client = await bybitFor(t);
  const stream = await openStream(t, client.venue, LINEAR);
  const topic = 'tickers.BTCUSDT';
  await command(stream, 'subscribe', [topic]);
  client.venue.market.mark('BTCUSDT', 60050.5);
  await until(() => ofTopic(stream, topic).length === 2);
  const [snapshot, delta] = ofTopic(stream, topic) as { type: string; data: Record<string, string> }[];
  assert.deepEqual(
    [snapshot?.type, snapshot?.data.markPrice, snapshot?.data.bid1Price],
    ['snapshot', '60000', '59999.9'],
  );
  assert.deepEqual([delta?.type, delta?.data.markPrice, delta?.data.bid1Price], ['delta', '60050.5', undefined]);
  client.venue.market.move('BTCUSDT', 60100);
  await until(() => ofTopic(stream, topic).length === 3);
  const { lastPrice, markPrice, bid1Price } = (ofTopic(stream, topic)[2] as { data: Record<string, string> }).data;
  assert.deepEqual([lastPrice, markPrice, bid1Price], ['60100', '60100', '60099.9'], 'all of a move in one message');
});

test('candles come every second', async (t) => {
  const client = await bybitFor(t);
  const stream = await openStream(t, client.venue, LINEAR);
  await command(stream, 'subscribe', ['kline.D.BTCUSDT']);
  client.venue.market.print('BTCUSDT', 60123, 1);
  await until(() => stream.messages.length > 0);
  const { close, interval, confirm } = dataOf(stream.messages[0]);
  assert.deepEqual([close, interval, confirm], ['60123', 'D', false]);
});

test('halfOpenSockets: no data and no answer to a ping; with `existing` a new socket is well', async (t) => {
  const client = await bybitFor(t);
  const deaf = await openStream(t, client.venue, LINEAR);
  await command(deaf, 'subscribe', ['publicTrade.BTCUSDT']);
  client.venue.faults.halfOpenSockets = 'existing';
  const well = await openStream(t, client.venue, LINEAR);
  await command(well, 'subscribe', ['publicTrade.BTCUSDT']);
  deaf.socket.send(JSON.stringify({ op: 'ping' }));
  client.venue.market.print('BTCUSDT', 60001, 1);
  await until(() => well.messages.length > 0);
  assert.equal((await command(well, 'ping')).ret_msg, 'pong');
  assert.deepEqual([deaf.messages.length, deaf.closed], [0, false]);
  client.venue.faults.cutSockets();
  await until(() => deaf.closed && well.closed);
});
