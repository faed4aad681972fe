import { createHmac } from 'node:crypto';
import type { TestContext } from 'node:test';
import type { FakeVenue } from '#venue/fake-venue.ts';
import type { FakeVenueSettings } from '#venue/settings.ts';
import { startFakeVenue } from '#venue/start-fake-venue.ts';
import { openStream, type Stream, until } from './venue-for-test.ts';

type Params = Record<string, string | number | boolean>;
type Shape = Record<string, unknown>;

export interface BybitAnswer {
  status: number;
  headers: Headers;
  text: string;
  code: number | undefined;
  message: string;
  result: Shape & { list: Shape[]; nextPageCursor: string };
}

/** What a signed call is made with; each replaces what a well-behaved client would send. */
export interface Signing {
  apiKey?: string;
  secret?: string;
  timestamp?: number;
  recvWindow?: number;
}

export interface Bybit {
  venue: FakeVenue;
  open(path: string, params?: Params): Promise<BybitAnswer>;
  get(path: string, params?: Params, signing?: Signing): Promise<BybitAnswer>;
  post(path: string, params?: Params, signing?: Signing): Promise<BybitAnswer>;
}

async function call(url: string, init: RequestInit): Promise<BybitAnswer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const body = text.startsWith('{') ? JSON.parse(text) : {};
  const { retCode: code, retMsg: message, result } = body;
  return { status: response.status, headers: response.headers, text, code, message, result };
}

const queryOf = (params: Params): string =>
  Object.entries(params)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

export function bybitClientOf(venue: FakeVenue): Bybit {
  const signed = (payload: string, signing: Signing): Record<string, string> => {
    const { apiKey = 'fake-key', secret = 'fake-secret', recvWindow = 5000 } = signing;
    const timestamp = signing.timestamp ?? Date.now() + venue.faults.clockOffsetMs;
    const sign = createHmac('sha256', secret).update(`${timestamp}${apiKey}${recvWindow}${payload}`).digest('hex');
    return {
      ...{ 'x-bapi-api-key': apiKey, 'x-bapi-timestamp': String(timestamp), 'x-bapi-sign': sign },
      ...{ 'x-bapi-recv-window': String(recvWindow), 'content-type': 'application/json' },
    };
  };
  return {
    venue,
    open: (path, params = {}) => call(`${venue.url}${path}?${queryOf(params)}`, {}),
    get: (path, params = {}, signing = {}) => {
      const query = queryOf({ category: 'linear', ...params });
      return call(`${venue.url}${path}?${query}`, { headers: signed(query, signing) });
    },
    post: (path, params = {}, signing = {}) => {
      const body = JSON.stringify({ category: 'linear', ...params });
      return call(venue.url + path, { method: 'POST', body, headers: signed(body, signing) });
    },
  };
}

/** A venue of that dialect that ends with the test. */
export async function bybitFor(test: TestContext, settings: FakeVenueSettings = {}): Promise<Bybit> {
  const venue = await startFakeVenue({ dialect: 'bybit-linear', ...settings });
  test.after(() => venue.stop());
  return bybitClientOf(venue);
}

/** Sends a command and gives what it is answered with; neither it nor what came before stays in the messages. */
export async function command(stream: Stream, op: string, args: unknown[] = []): Promise<Shape> {
  const req_id = crypto.randomUUID();
  stream.socket.send(JSON.stringify({ op, args, req_id }));
  const answer = await until(() => stream.messages.find((message) => message.req_id === req_id));
  stream.messages.splice(0, stream.messages.indexOf(answer) + 1);
  return answer;
}

export function authArguments(secret = 'fake-secret', expires = Date.now() + 10_000): unknown[] {
  const sign = createHmac('sha256', secret).update(`GET/realtime${expires}`).digest('hex');
  return ['fake-key', expires, sign];
}

/** The account's own stream, signed in and subscribed. */
export async function openPrivate(
  test: TestContext,
  { venue }: Bybit,
  topics = ['order', 'execution', 'position', 'wallet'],
): Promise<Stream> {
  const stream = await openStream(test, venue, '/v5/private');
  await command(stream, 'auth', authArguments());
  await command(stream, 'subscribe', topics);
  return stream;
}

export const dataOf = (message: Shape | undefined): Shape => ((message?.data as Shape[] | undefined) ?? [])[0] ?? {};

/** One word a message: its topic, and status or amount. */
export const wordsOf = (messages: readonly Shape[]): string[] =>
  messages.map((message) => {
    const { orderStatus, execQty, size, totalWalletBalance } = dataOf(message);
    const amount = orderStatus ?? execQty ?? size ?? (totalWalletBalance === undefined ? undefined : '');
    return `${message.topic ?? message.op} ${amount ?? ''}`.trim();
  });

export const BUY = { symbol: 'BTCUSDT', side: 'Buy', orderType: 'Market', qty: '0.01' };
export const LIMIT = { ...BUY, orderType: 'Limit', price: '59000' };
export const STOP = {
  ...{ symbol: 'BTCUSDT', side: 'Sell', orderType: 'Market', qty: '0.01', reduceOnly: true },
  ...{ triggerPrice: '59000', triggerDirection: 2, triggerBy: 'MarkPrice' },
};
