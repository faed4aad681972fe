import { createHmac } from 'node:crypto';
import type { TestContext } from 'node:test';
import { WebSocket } from 'ws';
import type { FakeVenue } from '#venue/fake-venue.ts';
import type { FakeVenueSettings } from '#venue/settings.ts';
import { startFakeVenue } from '#venue/start-fake-venue.ts';

type Params = Record<string, string | number | boolean>;

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // Shapes are what the tests assert; they read into them freely.
  body: Record<string, unknown> & { code?: number; msg?: string };
}

export interface Client {
  venue: FakeVenue;
  open(method: string, path: string, params?: Params): Promise<Answer>;
  /** With the test key, the time and a signature; a param given here wins over those. */
  signed(method: string, path: string, params?: Params, secret?: string): Promise<Answer>;
  keyed(method: string, path: string, params?: Params): Promise<Answer>;
}

const urlEncoded = (params: Params): string =>
  new URLSearchParams(
    Object.entries(params).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();

async function call(url: string, method: string, query: string, headers: Record<string, string>): Promise<Answer> {
  const inBody = method === 'POST' || method === 'PUT';
  const response = await fetch(inBody || query === '' ? url : `${url}?${query}`, {
    method,
    headers: inBody ? { ...headers, 'content-type': 'application/x-www-form-urlencoded' } : headers,
    ...(inBody ? { body: query } : {}),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : {} };
}

export function clientOf(venue: FakeVenue): Client {
  const key = { 'x-mbx-apikey': 'fake-key' };
  return {
    venue,
    open: (method, path, params = {}) => call(venue.url + path, method, urlEncoded(params), {}),
    keyed: (method, path, params = {}) => call(venue.url + path, method, urlEncoded(params), key),
    signed: (method, path, params = {}, secret = 'fake-secret') => {
      const timestamp = Date.now() + venue.faults.clockOffsetMs;
      const query = urlEncoded({ timestamp, ...params });
      const signature = createHmac('sha256', secret).update(query).digest('hex');
      return call(venue.url + path, method, `${query}&signature=${signature}`, key);
    },
  };
}

/** A venue that ends with the test. */
export async function venueFor(test: TestContext, settings: FakeVenueSettings = {}): Promise<Client> {
  const venue = await startFakeVenue(settings);
  test.after(() => venue.stop());
  return clientOf(venue);
}

/** Polls until the value is there; fails after the deadline. */
export async function until<T>(read: () => T | undefined | false, deadlineMs = 5000): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const value = read();
    if (value !== undefined && value !== false) return value as T;
    if (Date.now() > end) throw new Error('it did not happen in time');
    await new Promise((done) => setTimeout(done, 10));
  }
}

export interface Stream {
  socket: WebSocket;
  messages: Record<string, unknown>[];
  closed: boolean;
  pongs: number;
}

export async function openStream(test: TestContext, venue: FakeVenue, path: string): Promise<Stream> {
  const socket = new WebSocket(venue.url.replace('http', 'ws') + path);
  const stream: Stream = { socket, messages: [], closed: false, pongs: 0 };
  socket.on('message', (data) => stream.messages.push(JSON.parse(String(data))));
  socket.on('pong', () => stream.pongs++);
  socket.on('close', () => {
    stream.closed = true;
  });
  socket.on('error', () => {});
  test.after(() => socket.terminate());
  await new Promise<void>((done, failed) => {
    socket.once('open', done);
    socket.once('close', () => failed(new Error('closed before it was open')));
  });
  return stream;
}

/** The account's own stream, connected with a new listen key. */
export async function openUserStream(test: TestContext, client: Client): Promise<Stream & { listenKey: string }> {
  const { body } = await client.keyed('POST', '/fapi/v1/listenKey');
  const listenKey = String(body.listenKey);
  const stream = await openStream(test, client.venue, `/private/ws?listenKey=${listenKey}`);
  return Object.assign(stream, { listenKey });
}

/** One word an event: its type, execution or reason, and status. */
export const wordsOf = (messages: readonly Record<string, unknown>[]): string[] =>
  messages.map((message) => {
    const order = message.o as Record<string, string> | undefined;
    const account = message.a as Record<string, string> | undefined;
    if (message.e === 'ORDER_TRADE_UPDATE') return `order ${order?.x} ${order?.X}`;
    if (message.e === 'ALGO_UPDATE') return `algo ${order?.X}`;
    if (message.e === 'ACCOUNT_UPDATE') return `account ${account?.m}`;
    return String(message.e);
  });

export const BUY = { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: 0.01 };
export const STOP = {
  algoType: 'CONDITIONAL',
  symbol: 'BTCUSDT',
  side: 'SELL',
  type: 'STOP_MARKET',
  quantity: 0.01,
  triggerPrice: 59000,
  workingType: 'MARK_PRICE',
  reduceOnly: true,
};
