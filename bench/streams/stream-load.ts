/** Market and account events as they stand in the streams of the contract, as JSON, made before they are needed. */
import { randomUUID } from 'node:crypto';
import type { Envelope } from '@inspector/contract';
import type { RedisClientType } from 'redis';
import { connectorType, ENTRY_PRICE, marketType, symbolName } from '../held-engine.ts';
import { WALLET } from '../stops/deaf-venue.ts';

export const MARKET_STREAM = `bus:md:${connectorType}:${marketType}`;
export const ACCOUNT_STREAM = `bus:acct:${connectorType}:${marketType}`;

/** One event in so many is of the account: a balance, an order of the owner's bot, its end. */
const EVENTS_PER_ACCOUNT_EVENT = 50;
const BOOK_LEVELS = 5;
const PIPELINED = 1000;
const TICK = 0.01;

const place = { connectorType, marketType };

let round = 0;

/** Appends `count` events; some more than half are trades, a quarter books, the rest marks. Resolves when Redis holds them. */
export async function preload(client: RedisClientType, count: number, symbols: number): Promise<void> {
  round++;
  for (let done = 0; done < count; done += PIPELINED) {
    const batch = Array.from({ length: Math.min(PIPELINED, count - done) }, (_, index) =>
      eventOf(done + index, symbols),
    );
    await append(client, batch);
  }
}

/** In this order within each stream. */
async function append(client: RedisClientType, events: readonly Envelope[]): Promise<void> {
  await Promise.all(
    events.map((event) => client.xAdd(streamOf(event), '*', { event: JSON.stringify(event) })), // one write, in order
  );
}

function streamOf({ type }: Envelope): string {
  const isOfAccount = type === 'PROVIDER_ACCOUNT_EVENT' || type.startsWith('PROVIDER_ORDER_');
  return isOfAccount ? ACCOUNT_STREAM : MARKET_STREAM;
}

function eventOf(index: number, symbols: number): Envelope {
  const now = Date.now();
  const head = { eventId: randomUUID(), source: 'PROVIDER', timestamp: now } as const;
  const symbol = { name: symbolName((index * 31) % symbols) };
  // The price moves by a few ticks, far from every level.
  const price = ENTRY_PRICE + ((index * 7) % 11) * TICK;
  if (index % EVENTS_PER_ACCOUNT_EVENT === 0) {
    return accountEventOf(head, index / EVENTS_PER_ACCOUNT_EVENT, now);
  }
  if (index % 4 === 1) {
    const levels = (direction: 1 | -1) =>
      Array.from({ length: BOOK_LEVELS }, (_, level) => ({
        price: price + direction * (level + 1) * TICK,
        volume: 10 + level,
      }));
    const book = { ...place, symbol, bids: levels(-1), asks: levels(1), time: now };
    return { ...head, type: 'PROVIDER_MARKETDATA_ORDERBOOK', payload: book };
  }
  if (index % 8 === 3) {
    const prices = { [symbol.name]: { value: price, moment: now, mark: true } };
    return { ...head, type: 'PROVIDER_SYMBOL_PRICES', payload: { ...place, prices } };
  }
  const side = index % 16 < 8 ? 'LONG' : 'SHORT';
  return {
    ...head,
    type: 'PROVIDER_MARKETDATA_TRADE',
    payload: { ...place, symbol, price, volume: 0.5, side, time: now },
  };
}

type Head = Pick<Envelope, 'eventId' | 'timestamp'> & { source: 'PROVIDER' };

/** By threes: the balance, an order far from the market, and that order cancelled. */
function accountEventOf(head: Head, number: number, now: number): Envelope {
  const step = number % 3;
  if (step === 0) {
    const options = { walletBalance: WALLET, availableBalance: WALLET };
    return {
      ...head,
      type: 'PROVIDER_ACCOUNT_EVENT',
      payload: { ...place, eventType: 'balance', eventTime: now, options },
    };
  }
  const order = {
    ...place,
    clientOrderId: `bot-order-${round}-${Math.floor(number / 3)}`,
    symbol: { name: symbolName(Math.floor(number / 3) % 10) },
    side: 'BUY',
    type: 'LIMIT',
    quantity: 1,
    price: ENTRY_PRICE / 2,
    quantityExecuted: 0,
    priceExecuted: 0,
    time: now,
    updateTime: now,
  } as const;
  if (step === 1) return { ...head, type: 'PROVIDER_ORDER_CREATE', payload: { ...order, status: 'NEW' } };
  return { ...head, type: 'PROVIDER_ORDER_CLOSE', payload: { ...order, status: 'CANCELED' } };
}
