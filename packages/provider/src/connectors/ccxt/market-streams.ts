import { randomUUID } from 'node:crypto';
import type { Envelope } from '@inspector/contract';
import type { OrderBook, Ticker, Trade } from 'ccxt';
import type { Deliver } from '../connector.ts';
import type { Instrument } from './instruments.ts';
import type { Venue } from './venue.ts';

/** Symbols that are streamed at most; each has its trades, its book and its mark. */
export const STREAMED_SYMBOLS_LIMIT = 100;
/** Between two subscriptions: venues count the messages of a socket in a second. */
const SUBSCRIBE_EVERY_MS = 150;
/** A book is told so often at most, with so many levels a side. */
const BOOK_EVERY_MS = 100;
const BOOK_LEVELS = 20;
/** A book that is older is asked for by REST: of a quiet market it is the same, of a dead stream it is not. */
export const BOOK_SILENT_MS = 10_000;
/** A mark that is older is of a stream that has died: it is opened anew. */
export const MARK_SILENT_MS = 10_000;
const RETRY_FROM_MS = 250;
const RETRY_TO_MS = 5_000;
/** One that comes and fails in turns, as a book out of step, costs a request each time: it is well after so long. */
const WELL_AFTER_MS = 10_000;

export interface MarketStreamsPorts {
  venue: Venue;
  /** Addresses of the sockets that are not for public data. */
  privateSocket: RegExp;
  place: { connectorType: string; marketType: string };
  deliver: Deliver;
  /** The book by REST, of ccxt's symbol. */
  fetchBook: (unified: string) => Promise<OrderBook>;
  now: () => number;
}

/** Public data of the symbols that matter: those that are named, and those that the account has something in. */
export interface MarketStreams {
  /** Begins to stream a symbol; false when too many are. */
  add(instrument: Instrument): boolean;
  has(name: string): boolean;
  names(): string[];
  /** When anything was last heard, in own time; null before. */
  readonly lastAt: number | null;
  /** Newest mark, or price of a trade where there are no marks; undefined when never heard. */
  priceOf(name: string): number | undefined;
  stop(): void;
}

interface Streamed {
  instrument: Instrument;
  price: number | undefined;
  /** Best bid and ask as they were told last. */
  best: string | undefined;
}

export function createMarketStreams({
  venue,
  privateSocket,
  place,
  deliver,
  fetchBook,
  now,
}: MarketStreamsPorts): MarketStreams {
  const streamed = new Map<string, Streamed>();
  const hasMarks = place.marketType !== 'spot';
  let lastAt: number | null = null;
  /** When any symbol's mark came last, or the sockets were opened anew for want of one. */
  let markedAt = Number.NEGATIVE_INFINITY;
  let isStopped = false;
  let subscribing = Promise.resolve();

  const say = (type: Envelope['type'], payload: object): void => {
    if (isStopped) return;
    lastAt = now();
    const about = { eventId: randomUUID(), type, source: 'PROVIDER', timestamp: lastAt };
    deliver({ ...about, payload: { ...place, ...payload } } as Envelope);
  };

  /** A socket that is open and says nothing is of no use: marks come every second. */
  const reopen = (): void => {
    // One symbol that has none is halted; the sockets are well when any other has.
    if (now() - markedAt < MARK_SILENT_MS) return;
    markedAt = now();
    tearDown();
  };

  const tearDown = (): void => {
    for (const socket of Object.values(venue.clients ?? {})) {
      if (privateSocket.test(socket.url)) continue;
      socket.onError(new Error('the stream was silent'));
      void socket.close()?.catch(() => {});
    }
  };

  const sayTrades = (state: Streamed, trades: readonly Trade[]): void => {
    const { instrument } = state;
    for (const trade of trades) {
      const { price = 0 } = trade;
      if (!(price > 0)) continue;
      if (!hasMarks) state.price = price;
      say('PROVIDER_MARKETDATA_TRADE', {
        symbol: { name: instrument.name },
        price,
        volume: (trade.amount ?? 0) * instrument.contractSize,
        side: trade.side === 'sell' ? 'SHORT' : 'LONG',
        time: trade.timestamp ?? now(),
        ...(isMarketPrint(trade) ? {} : { market: false }),
      });
    }
  };

  const sayBook = (state: Streamed, book: OrderBook): void => {
    const { instrument } = state;
    state.best = bestOf(book);
    const levels = (side: readonly (readonly (number | undefined)[])[]) =>
      side
        .slice(0, BOOK_LEVELS)
        .map(([price = 0, amount = 0]) => ({ price, volume: amount * instrument.contractSize }));
    say('PROVIDER_MARKETDATA_ORDERBOOK', {
      symbol: { name: instrument.name },
      bids: levels(book.bids as [number, number][]),
      asks: levels(book.asks as [number, number][]),
      time: book.timestamp ?? now(),
    });
  };

  /** The stream's next book; one that stays silent is asked for, and when it has moved meanwhile the stream is dead. */
  async function nextBook(state: Streamed): Promise<OrderBook> {
    const { unified } = state.instrument;
    try {
      const watching = venue.watchOrderBook(unified, bookDepth(venue)) as Promise<OrderBook>;
      return await within(watching, BOOK_SILENT_MS, () => {});
    } catch (error) {
      if (!(error instanceof Silence)) throw error;
      const asked = await fetchBook(unified);
      const best = bestOf(asked);
      if (state.best !== undefined && state.best !== best) tearDown();
      return asked;
    }
  }

  const sayMark = (state: Streamed, ticker: Ticker): void => {
    const value = Number(ticker.markPrice ?? (ticker.info as { markPrice?: string } | undefined)?.markPrice ?? 0);
    if (!(value > 0)) return;
    state.price = value;
    markedAt = now();
    const moment = ticker.timestamp ?? now();
    say('PROVIDER_SYMBOL_PRICES', { prices: { [state.instrument.name]: { value, moment, mark: true } } });
  };

  async function keep(work: () => Promise<void>): Promise<void> {
    let retryMs = RETRY_FROM_MS;
    let beganAt = Number.NEGATIVE_INFINITY;
    while (!isStopped) {
      try {
        await work();
        if (now() - beganAt > WELL_AFTER_MS) retryMs = RETRY_FROM_MS;
      } catch {
        // A stream that fails shows by its age: the prices go stale, and the connector says that it is silent.
        await pause(retryMs);
        retryMs = Math.min(2 * retryMs, RETRY_TO_MS);
        beganAt = now();
      }
    }
  }

  function subscribe(state: Streamed): void {
    const { unified } = state.instrument;
    const begin = (work: () => Promise<void>): void => {
      subscribing = subscribing.then(async () => {
        if (isStopped) return;
        void keep(work);
        await pause(SUBSCRIBE_EVERY_MS);
      });
    };
    if (hasMarks) {
      begin(async () => {
        const watching = venue.has.watchMarkPrice === true ? venue.watchMarkPrice(unified) : venue.watchTicker(unified);
        sayMark(state, (await within(watching, MARK_SILENT_MS, reopen)) as Ticker);
      });
    }
    begin(async () => {
      sayBook(state, await nextBook(state));
      await pause(BOOK_EVERY_MS);
    });
    begin(async () => sayTrades(state, (await venue.watchTrades(unified)) as Trade[]));
  }

  return {
    add(instrument) {
      if (streamed.has(instrument.name)) return true;
      if (streamed.size >= STREAMED_SYMBOLS_LIMIT || isStopped) return false;
      const state: Streamed = { instrument, price: undefined, best: undefined };
      streamed.set(instrument.name, state);
      subscribe(state);
      return true;
    },
    has: (name) => streamed.has(name),
    names: () => [...streamed.keys()],
    get lastAt() {
      return lastAt;
    },
    priceOf: (name) => streamed.get(name)?.price,
    stop() {
      isStopped = true;
    },
  };
}

/** Depths that a venue streams differ; the least that holds what is told. */
const bookDepth = ({ id }: Venue): number | undefined => (id === 'bybit' ? 50 : undefined);

/** Binance marks prints that no order of the market made, such as those of its insurance fund. */
const isMarketPrint = ({ info }: Trade): boolean => {
  const { X: origin } = (info ?? {}) as { X?: string };
  return origin === undefined || origin === 'MARKET';
};

/** Nothing came in time. */
class Silence extends Error {}

const bestOf = ({ bids, asks }: OrderBook): string => `${bids[0]?.[0]} ${asks[0]?.[0]}`;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** Rejects when nothing came in time; what comes later is nobody's any more. */
async function within<T>(watching: Promise<T>, ms: number, onSilence: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      onSilence();
      reject(new Silence(`silent for ${ms} ms`));
    }, ms).unref();
  });
  watching.catch(() => {});
  try {
    return await Promise.race([watching, silence]);
  } finally {
    clearTimeout(timer);
  }
}
