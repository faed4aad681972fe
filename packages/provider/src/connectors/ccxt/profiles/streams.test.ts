/** What ccxt does for the profiles' private streams, and when these count as live. No socket is opened. */
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { createUserStream } from '../user-stream.ts';
import type { UserWord } from '../user-words.ts';
import type { Venue, VenueSocket } from '../venue.ts';
import { offlineVenue } from './testing/offline-venue.ts';

interface Asked {
  url: string;
  message: { op?: string; method?: string; args?: unknown[] } | undefined;
}

/** What would be sent, by whatever a profile watches. */
async function askedBy(exchange: string, marketType: string, symbol: string): Promise<Asked[]> {
  const { venue, profile } = await offlineVenue(exchange, marketType, { symbol });
  const asked: Asked[] = [];
  const catching = venue as unknown as Record<
    string,
    (url: string, hash: unknown, message: Asked['message']) => unknown
  >;
  catching.watch = async (url, _hash, message) => {
    asked.push({ url, message });
    // The first answer is that of the subscription; what comes later never does here.
    return message?.method === undefined ? new Promise(() => {}) : {};
  };
  catching.watchMultiple = async (url, _hash, message) => {
    asked.push({ url, message });
    return new Promise(() => {});
  };
  if (exchange !== 'binance') catching.authenticate = async () => {};
  for (const watch of profile.watchAccount) void watch(venue);
  await new Promise(setImmediate);
  const confirmed = asked.filter(({ message }) => message !== undefined);
  assert.equal(confirmed.length, profile.subscriptions, 'each subscription is confirmed by itself');
  for (const { url } of asked) assert.match(url, profile.privateSocket);
  return confirmed;
}

test('Bybit: orders, positions and wallet on one socket', async () => {
  const asked = await askedBy('bybit', 'futures', 'BTCUSDT');
  assert.deepEqual(asked.flatMap(({ message }) => message?.args).sort(), ['order', 'position', 'wallet']);
});

test('OKX: orders, money and positions on one socket, stops on another; of swaps only', async () => {
  const asked = await askedBy('okx', 'futures', 'BTC-USDT-SWAP');
  const channels = asked.map(({ url, message }) => `${url.split('/').at(-1)} ${JSON.stringify(message?.args)}`).sort();
  assert.deepEqual(channels, [
    'business [{"channel":"orders-algo","instType":"SWAP"}]',
    'private [{"channel":"account"}]',
    'private [{"channel":"balance_and_position"}]',
    'private [{"channel":"orders","instType":"SWAP"}]',
  ]);
});

test('Binance spot: a signed subscription of the WebSocket API', async () => {
  const [asked] = await askedBy('binance', 'spot', 'BTCUSDT');
  assert.equal(asked?.message?.method, 'userDataStream.subscribe.signature');
});

const socketAt = (url: string): VenueSocket => ({ url, isConnected: true, close: async () => {}, onError() {} });

/** A stream of a profile that needs two confirmations. */
function streamOf(words: (message: unknown) => UserWord[]) {
  mock.timers.enable({ apis: ['setInterval'] });
  const heard: string[] = [];
  const clients: Record<string, VenueSocket> = {};
  const venue = { clients, handleMessage() {} } as unknown as Venue;
  const stream = createUserStream({
    venue,
    profile: { privateSocket: /private/, watchAccount: [], subscriptions: 2, userWords: words },
    onWord: ({ kind }) => heard.push(kind),
    onLive: () => heard.push('live'),
    onLost: (reason) => heard.push(reason),
  });
  stream.start();
  return { venue, clients, stream, heard, look: () => mock.timers.tick(250) };
}

test('a stream is live when all its subscriptions are confirmed, and again after each new connection', (t) => {
  const { venue, clients, stream, heard, look } = streamOf((channel) => [
    { kind: 'subscribed', channel: String(channel) },
  ]);
  t.after(() => {
    stream.stop();
    mock.timers.reset();
  });
  clients.a = socketAt('wss://venue/private');
  look();
  assert.equal(stream.isLive, false, 'open is not enough');
  venue.handleMessage(clients.a, 'orders');
  venue.handleMessage(clients.a, 'orders');
  look();
  assert.equal(stream.isLive, false, 'one confirmation twice is one');
  clients.b = socketAt('wss://venue/private/other');
  venue.handleMessage(clients.b, 'positions');
  look();
  assert.deepEqual(heard, ['live']);

  clients.b = socketAt('wss://venue/private/other');
  look();
  assert.deepEqual(heard, ['live', 'the account stream was closed'], 'a new socket has confirmed nothing');
  venue.handleMessage(clients.b, 'positions');
  look();
  assert.equal(stream.isLive, true);
});

test('a message that ccxt cannot read is read all the same', (t) => {
  mock.timers.enable({ apis: ['setInterval'] });
  const clients = { a: socketAt('wss://venue/private') };
  const venue = {
    clients,
    handleMessage() {
      throw new TypeError('ccxt knows no such market');
    },
  } as unknown as Venue;
  const heard: UserWord[] = [];
  const word: UserWord = { kind: 'account', time: 1, wallets: [], positions: [] };
  const stream = createUserStream({
    venue,
    profile: { privateSocket: /private/, watchAccount: [], userWords: () => [word] },
    onWord: (each) => heard.push(each),
    onLive() {},
    onLost() {},
  });
  t.after(() => {
    stream.stop();
    mock.timers.reset();
  });
  assert.throws(() => venue.handleMessage(clients.a, {}), TypeError);
  assert.deepEqual(heard, [word]);
});
