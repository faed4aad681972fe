import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { type Envelope, validateEnvelope } from '@inspector/contract';
import type { OrderBook } from 'ccxt';
import {
  BOOK_SILENT_MS,
  createMarketStreams,
  MARK_SILENT_MS,
  type MarketStreams,
  STREAMED_SYMBOLS_LIMIT,
} from './market-streams.ts';
import { T0 } from './testing/order-for-test.ts';
import { pass, standStill } from './testing/standing-clock.ts';
import type { Venue, VenueSocket } from './venue.ts';

type Kind = 'mark' | 'ticker' | 'book' | 'trades';

interface Watched {
  streams: MarketStreams;
  seen: Envelope[];
  /** `book BTC/USDT:USDT` and so on, each time that ccxt is asked for the next. */
  asked: string[];
  /** What ccxt answers to whoever waits for the next. */
  say(kind: Kind, value: unknown): Promise<void>;
  fail(kind: Kind): Promise<void>;
  sockets: Record<string, VenueSocket & { isClosed: boolean }>;
  /** What REST answers when it is asked for the book. */
  restBook: Partial<OrderBook>;
}

const instrument = (name = 'BTCUSDT', contractSize = 1) => ({
  ...{ name, unified: `${name.slice(0, -4)}/USDT:USDT`, contractSize, baseAsset: 'BTC', quoteAsset: 'USDT' },
  spec: undefined,
});

function watched({ marketType = 'futures', has = { watchMarkPrice: true } } = {}): Watched {
  const seen: Envelope[] = [];
  const asked: string[] = [];
  const sockets: Watched['sockets'] = {};
  const restBook: Partial<OrderBook> = { bids: [], asks: [] };
  const waiting = new Map<Kind, PromiseWithResolvers<unknown>>();
  const next = (kind: Kind) => (unified: string) => {
    asked.push(`${kind} ${unified}`);
    const turn = Promise.withResolvers<unknown>();
    waiting.set(kind, turn);
    return turn.promise;
  };
  const venue = {
    ...{ id: 'binance', has, clients: sockets },
    ...{ watchMarkPrice: next('mark'), watchTicker: next('ticker') },
    ...{ watchOrderBook: next('book'), watchTrades: next('trades') },
  } as unknown as Venue;
  const streams = createMarketStreams({
    venue,
    privateSocket: /private/,
    place: { connectorType: 'binance', marketType },
    deliver: (envelope) => seen.push(envelope),
    fetchBook: async (unified) => {
      asked.push(`fetch ${unified}`);
      return restBook as OrderBook;
    },
    now: Date.now,
  });
  return {
    ...{ streams, seen, asked, sockets, restBook },
    async say(kind, value) {
      waiting.get(kind)!.resolve(value);
      await pass(1);
    },
    async fail(kind) {
      waiting.get(kind)!.reject(new Error('no'));
      await pass(1);
    },
  };
}

/** BTCUSDT is streamed, and all three subscriptions have been made. */
async function watchedBtc(terms: Parameters<typeof watched>[0] & { contractSize?: number } = {}): Promise<Watched> {
  const under = watched(terms);
  under.streams.add(instrument('BTCUSDT', terms.contractSize));
  await pass(500);
  return under;
}

const payloadsOf = (seen: readonly Envelope[]): unknown[] =>
  seen.map((envelope) => {
    assert.equal(validateEnvelope(envelope).ok, true, JSON.stringify(envelope));
    const { connectorType, marketType, ...payload } = envelope.payload as Record<string, unknown>;
    assert.deepEqual([connectorType, envelope.source], ['binance', 'PROVIDER']);
    return { type: envelope.type, ...payload };
  });

const tradeOf = (terms = {}) => ({ price: 60_000, amount: 2, side: 'buy', timestamp: T0, info: {}, ...terms });
const symbol = { name: 'BTCUSDT' };

describe('the public data of a symbol', () => {
  beforeEach(standStill);

  it('has its trades, each as it was', async () => {
    const { seen, say, streams } = await watchedBtc({ contractSize: 0.1 });
    await say('trades', [tradeOf(), tradeOf({ side: 'sell', price: 59_999, timestamp: undefined })]);
    const time = streams.lastAt;
    assert.deepEqual(payloadsOf(seen), [
      { type: 'PROVIDER_MARKETDATA_TRADE', symbol, price: 60_000, volume: 0.2, side: 'LONG', time: T0 },
      { type: 'PROVIDER_MARKETDATA_TRADE', symbol, price: 59_999, volume: 0.2, side: 'SHORT', time },
    ]);
  });

  it('says of a print that no order of the market made that it is none', async () => {
    const { seen, say } = await watchedBtc();
    const origins = ['INSURANCE_FUND', 'ADL', 'MARKET', undefined];
    await say(
      'trades',
      origins.map((X) => tradeOf({ info: { X } })),
    );
    assert.deepEqual(
      payloadsOf(seen).map((payload) => (payload as { market?: boolean }).market),
      [false, false, undefined, undefined],
    );
  });

  it('leaves out what has no price', async () => {
    const { seen, say } = await watchedBtc();
    await say('trades', [tradeOf({ price: 0 }), tradeOf({ price: undefined })]);
    await say('mark', { markPrice: 0 });
    assert.deepEqual(seen, []);
  });

  it('has twenty levels of each side of its book, in base units', async () => {
    const { seen, say } = await watchedBtc({ contractSize: 0.1 });
    const levels = Array.from({ length: 25 }, (_, index) => [100 - index, 10]);
    await say('book', { bids: levels, asks: [[101, 5]], timestamp: T0 });
    const [book] = payloadsOf(seen) as { bids: unknown[]; asks: unknown[]; time: number }[];
    assert.deepEqual([book?.bids.length, book?.bids[0], book?.time], [20, { price: 100, volume: 1 }, T0]);
    assert.deepEqual(book?.asks, [{ price: 101, volume: 0.5 }]);
  });

  it('asks for a book that stays silent; when it has moved meanwhile the sockets are opened anew', async () => {
    const { asked, say, seen, sockets, restBook } = await watchedBtc({ marketType: 'spot' });
    const socket = {
      url: 'wss://venue/public',
      isClosed: false,
      isConnected: true,
      onError() {},
      close: async () => undefined,
    };
    sockets.public = socket;
    socket.close = async () => {
      socket.isClosed = true;
      return undefined;
    };
    const fetches = () => asked.filter((each) => each.startsWith('fetch')).length;
    await say('book', { bids: [[100, 1]], asks: [[101, 1]], timestamp: T0 });
    Object.assign(restBook, { bids: [[100, 9]], asks: [[101, 1]] });
    await pass(100 + BOOK_SILENT_MS - 1);
    assert.equal(fetches(), 0);
    await pass(1);
    assert.equal(fetches(), 1);
    assert.equal(seen.length, 2, 'the book is told as it stands');
    assert.equal(socket.isClosed, false, 'a quiet market: its best prices are what they were');
    Object.assign(restBook, { bids: [[99, 9]], asks: [[101, 1]] });
    await pass(100 + BOOK_SILENT_MS);
    assert.equal(fetches(), 2);
    assert.equal(socket.isClosed, true);
  });

  it('shows its book every 100 ms at most', async () => {
    const { asked, say } = await watchedBtc();
    await say('book', { bids: [], asks: [], timestamp: T0 });
    const booksAsked = () => asked.filter((each) => each.startsWith('book')).length;
    await pass(90);
    assert.equal(booksAsked(), 1);
    await pass(10);
    assert.equal(booksAsked(), 2);
  });

  it('has its mark, wherever ccxt puts it, which is its price', async () => {
    const { seen, say, streams } = await watchedBtc();
    assert.equal(streams.priceOf('BTCUSDT'), undefined);
    await say('mark', { markPrice: 60_001, timestamp: T0 });
    await say('mark', { info: { markPrice: '60002.5' }, timestamp: T0 });
    const price = (value: number) => ({
      type: 'PROVIDER_SYMBOL_PRICES',
      prices: { BTCUSDT: { value, moment: T0, mark: true } },
    });
    assert.deepEqual(payloadsOf(seen), [price(60_001), price(60_002.5)]);
    assert.equal(streams.priceOf('BTCUSDT'), 60_002.5);
    await say('trades', [tradeOf({ price: 1 })]);
    assert.equal(streams.priceOf('BTCUSDT'), 60_002.5);
  });

  it('has the mark of its ticker where the venue has no stream of marks', async () => {
    const { asked, say, streams } = await watchedBtc({ has: { watchMarkPrice: false } });
    await say('ticker', { markPrice: 60_003, timestamp: T0 });
    assert.equal(streams.priceOf('BTCUSDT'), 60_003);
    assert.ok(!asked.some((each) => each.startsWith('mark')));
  });

  it('has no mark in a spot market: its price is that of the last trade', async () => {
    const { asked, say, streams } = await watchedBtc({ marketType: 'spot' });
    await say('trades', [tradeOf({ price: 60_004 }), tradeOf({ price: 60_005 })]);
    assert.equal(streams.priceOf('BTCUSDT'), 60_005);
    assert.deepEqual(asked.slice(0, 2), ['book BTC/USDT:USDT', 'trades BTC/USDT:USDT']);
  });

  it('notes when anything was heard last', async () => {
    const { say, streams } = await watchedBtc();
    assert.equal(streams.lastAt, null);
    await pass(1_000);
    await say('trades', [tradeOf()]);
    assert.equal(streams.lastAt, T0 + 1_500);
  });
});

describe('the streams of many symbols', () => {
  beforeEach(standStill);

  it('are subscribed to 150 ms one after the other', async () => {
    const { streams, asked } = watched();
    streams.add(instrument('BTCUSDT'));
    streams.add(instrument('ETHUSDT'));
    await pass(10);
    const expected = ['BTC', 'ETH'].flatMap((base) =>
      ['mark', 'book', 'trades'].map((kind) => `${kind} ${base}/USDT:USDT`),
    );
    for (let count = 1; count <= 6; count += 1) {
      assert.deepEqual(asked, expected.slice(0, count));
      await pass(150);
    }
  });

  it('are a hundred at most; one that is streamed is not added twice', async () => {
    const { streams, asked } = watched();
    for (let count = 0; count < STREAMED_SYMBOLS_LIMIT; count += 1)
      assert.equal(streams.add(instrument(`S${count}USDT`)), true);
    assert.equal(streams.add(instrument('MOREUSDT')), false);
    assert.deepEqual([streams.has('MOREUSDT'), streams.has('S99USDT')], [false, true]);
    assert.equal(streams.add(instrument('S0USDT')), true);
    streams.stop();
    await pass(1_000);
    assert.ok(asked.length <= 1);
  });

  it('go on after a failure, 250 ms later and then later and later', async () => {
    const { asked, fail } = await watchedBtc();
    const tradesAsked = () => asked.filter((each) => each.startsWith('trades')).length;
    for (const [index, waitMs] of [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000].entries()) {
      await fail('trades');
      await pass(waitMs - 10);
      assert.equal(tradesAsked(), index + 1);
      await pass(10);
      assert.equal(tradesAsked(), index + 2);
    }
  });

  it('that come and fail in turns are retried later and later too, until they have been well for 10 s', async () => {
    const { asked, fail, say } = await watchedBtc();
    const tradesAsked = () => asked.filter((each) => each.startsWith('trades')).length;
    const failAndWait = async (waitMs: number) => {
      await fail('trades');
      const before = tradesAsked();
      await pass(waitMs - 10);
      assert.equal(tradesAsked(), before);
      await pass(10);
      assert.equal(tradesAsked(), before + 1);
    };
    for (const waitMs of [250, 500, 1_000]) {
      await failAndWait(waitMs);
      await say('trades', [tradeOf()]);
    }
    await pass(9_000);
    await say('trades', [tradeOf()]);
    await failAndWait(2_000);
    await pass(10_001);
    await say('trades', [tradeOf()]);
    await failAndWait(250);
  });

  it('say and take nothing more once they were stopped', async () => {
    const { streams, seen, say } = await watchedBtc();
    streams.stop();
    await say('trades', [tradeOf()]);
    await say('book', { bids: [], asks: [] });
    assert.deepEqual([seen, streams.lastAt], [[], null]);
    assert.equal(streams.add(instrument('ETHUSDT')), false);
  });
});

describe('marks that do not come any more', () => {
  beforeEach(standStill);

  const socketOf = (url: string) => {
    const socket = {
      ...{ url, isConnected: true, isClosed: false, onError: () => {} },
      async close() {
        socket.isClosed = true;
      },
    };
    return socket;
  };

  it('have the public sockets opened anew after 10 s, and not the private one', async () => {
    const { asked, say, sockets } = await watchedBtc();
    Object.assign(sockets, { public: socketOf('wss://venue/public'), account: socketOf('wss://venue/private') });
    await say('mark', { markPrice: 1, timestamp: T0 });
    await pass(MARK_SILENT_MS - 20);
    assert.equal(sockets.public?.isClosed, false);
    await pass(20);
    assert.deepEqual([sockets.public?.isClosed, sockets.account?.isClosed], [true, false]);
    const before = asked.filter((each) => each.startsWith('mark')).length;
    await pass(250);
    assert.equal(asked.filter((each) => each.startsWith('mark')).length, before + 1);
  });

  it('have nothing to close where a socket is only on its way to be opened', async () => {
    const { asked, sockets } = await watchedBtc();
    sockets.public = { ...socketOf('wss://venue/public'), isConnected: false, close: () => undefined };
    await pass(MARK_SILENT_MS + 250);
    assert.equal(asked.filter((each) => each.startsWith('mark')).length, 2);
  });

  it('leave the sockets alone while they come', async () => {
    const { say, sockets } = await watchedBtc();
    sockets.public = socketOf('wss://venue/public');
    for (let count = 0; count < 5; count += 1) {
      await pass(MARK_SILENT_MS / 2);
      await say('mark', { markPrice: 1, timestamp: T0 });
    }
    assert.equal(sockets.public.isClosed, false);
  });
});
