/** Envelopes and orders for the tests of the paper venue. */
import type { Envelope, Order } from '@inspector/contract';
import { PaperExchange } from './exchange.ts';
import type { PaperSettings } from './settings.ts';

export const T0 = 1_723_118_400_000;
const venue = { connectorType: 'paper', marketType: 'futures' };

/** A venue without fees, so that amounts in tests can be read off, unless told otherwise. */
export const exchangeOf = (settings: Partial<PaperSettings> = {}): PaperExchange =>
  new PaperExchange({
    ...venue,
    balance: 10_000,
    makerFeePercent: 0,
    takerFeePercent: 0,
    defaultLeverage: 10,
    ...settings,
  });

const head = (timestamp: number) => ({ eventId: `e${timestamp}`, source: 'PROVIDER' as const, timestamp });

type Level = [price: number, volume: number];
const levels = (rows: Level[]) => rows.map(([price, volume]) => ({ price, volume }));

export const book = (bids: Level[], asks: Level[], at = T0, name = 'ETHUSDT'): Envelope => ({
  ...head(at),
  type: 'PROVIDER_MARKETDATA_ORDERBOOK',
  payload: { ...venue, symbol: { name }, bids: levels(bids), asks: levels(asks), time: at },
});

export const trade = (price: number, at = T0, options: { name?: string; market?: boolean } = {}): Envelope => ({
  ...head(at),
  type: 'PROVIDER_MARKETDATA_TRADE',
  payload: {
    ...venue,
    symbol: { name: options.name ?? 'ETHUSDT' },
    price,
    volume: 1,
    side: 'LONG',
    time: at,
    ...(options.market === undefined ? {} : { market: options.market }),
  },
});

export const mark = (value: number, at = T0, name = 'ETHUSDT'): Envelope => ({
  ...head(at),
  type: 'PROVIDER_SYMBOL_PRICES',
  payload: { ...venue, prices: { [name]: { value, moment: at, mark: true } } },
});

export const listing = (at = T0): Envelope<'PROVIDER_SYMBOLS'> => ({
  ...head(at),
  type: 'PROVIDER_SYMBOLS',
  payload: {
    ...venue,
    symbols: [
      {
        name: 'ETHUSDT',
        baseAsset: 'ETH',
        quoteAsset: 'USDT',
        status: 'TRADING',
        tickSize: 0.01,
        stepSize: 0.001,
        minQuantity: 0.001,
        minNotional: 5,
        maxLeverage: 100,
      },
    ],
  },
});

export const accountEvent = (
  payload: Omit<Envelope<'PROVIDER_ACCOUNT_EVENT'>['payload'], 'connectorType' | 'marketType' | 'eventTime'>,
  at = T0,
): Envelope => ({
  ...head(at),
  type: 'PROVIDER_ACCOUNT_EVENT',
  payload: { ...venue, eventTime: at, ...payload },
});

let count = 0;

/** A market BUY of 1 ETHUSDT with an id of its own, unless told otherwise. */
export function orderOf(terms: Partial<Order> = {}): Order {
  count += 1;
  return {
    id: '',
    clientOrderId: `client${count}`,
    externalId: '',
    ...venue,
    symbol: { name: 'ETHUSDT' },
    side: 'BUY',
    type: 'MARKET',
    quantity: 1,
    quantityExecuted: 0,
    priceExecuted: 0,
    status: 'NEW',
    time: T0,
    updateTime: T0,
    source: { type: 'inspector', key: 'inspector' },
    ...terms,
  };
}

/** `PROVIDER_ORDER_CREATE FILLED` and the like: what the events say, in order. */
export const wordsOf = (events: readonly Envelope[]): string[] =>
  events.map((event) => {
    const payload = event.payload as { status?: string; eventType?: string };
    return `${event.type} ${payload.status ?? payload.eventType}`;
  });
