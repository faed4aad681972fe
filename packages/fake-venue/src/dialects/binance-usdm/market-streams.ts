import type { WebSocket } from 'ws';
import { sequenceJump } from '#dialects/sequence-jump.ts';
import type { ExchangeEvent } from '#exchange/events.ts';
import { klinesOf } from '#exchange/klines.ts';
import type { BookLevel, SymbolMarket } from '#exchange/symbol-market.ts';
import type { Sockets } from '#server/sockets.ts';
import type { FakeFaults } from '#venue/faults.ts';
import { intervalMs } from './klines.ts';
import {
  aggregateTradeEvent,
  bookTickerEvent,
  changesOf,
  depthEvent,
  klineEvent,
  levelsOf,
  markPriceEvent,
  tradeEvent,
} from './market-shapes.ts';

/** A connection takes this many streams, as at the venue. */
const MAX_STREAMS = 1024;

interface Subscriber {
  socket: WebSocket;
  /** Wrapped with the name of the stream. */
  combined: boolean;
  streams: Set<string>;
}

/** As it was told last. */
interface ToldBook {
  bids: readonly BookLevel[];
  asks: readonly BookLevel[];
}

export interface MarketStreams {
  connect(socket: WebSocket, combined: boolean, streams: readonly string[]): void;
  publish(event: ExchangeEvent): void;
  /** What the venue sends every second by itself. */
  tick(markets: Iterable<SymbolMarket>, at: number): void;
}

export function createMarketStreams(sockets: Sockets, faults: FakeFaults): MarketStreams {
  const subscribers = new Set<Subscriber>();
  const books = new Map<string, ToldBook>();

  /** Sends to all who have one of the names; the event is only made when somebody has. */
  function send(names: readonly string[], make: () => Record<string, unknown>): void {
    let data: string | undefined;
    for (const subscriber of subscribers) {
      const stream = names.find((name) => subscriber.streams.has(name));
      if (stream === undefined) continue;
      data ??= JSON.stringify(make());
      sockets.send(
        subscriber.socket,
        subscriber.combined ? `{"stream":${JSON.stringify(stream)},"data":${data}}` : data,
      );
    }
  }

  function publishBook(market: SymbolMarket, at: number): void {
    const symbol = market.symbol.name;
    const name = symbol.toLowerCase();
    const before = books.get(symbol) ?? { bids: [], asks: [] };
    // A jump is the book's own: whoever asks for the book then can go on with what is told next.
    market.bookVersion += sequenceJump(faults, symbol);
    const last = market.bookVersion;
    const sequence = { first: last, last, previous: last - 1 };
    send([`${name}@bookTicker`, '!bookTicker'], () => bookTickerEvent(market, last, at));
    const diff = () => ({ bids: changesOf(before.bids, market.bids), asks: changesOf(before.asks, market.asks), at });
    const diffNames = ['', '@100ms', '@250ms', '@500ms', '@0ms'].map((speed) => `${name}@depth${speed}`);
    send(diffNames, () => depthEvent(symbol, sequence, diff()));
    for (const depth of [5, 10, 20]) {
      const top = () => ({ bids: levelsOf(market.bids, depth), asks: levelsOf(market.asks, depth), at });
      const names = ['', '@100ms', '@250ms', '@500ms'].map((speed) => `${name}@depth${depth}${speed}`);
      send(names, () => depthEvent(symbol, sequence, top()));
    }
    books.set(symbol, { bids: market.bids, asks: market.asks });
  }

  const publishMark = (market: SymbolMarket, at: number): void => {
    const name = market.symbol.name.toLowerCase();
    send([`${name}@markPrice@1s`, `${name}@markPrice`], () => markPriceEvent(market, at));
  };

  function publishKlines(market: SymbolMarket, at: number): void {
    const prefix = `${market.symbol.name.toLowerCase()}@kline_`;
    const wanted = new Set(
      [...subscribers].flatMap(({ streams }) => [...streams].filter((name) => name.startsWith(prefix))),
    );
    for (const stream of wanted) {
      const interval = stream.slice(prefix.length);
      const lengthMs = intervalMs(interval);
      const kline = lengthMs === undefined ? undefined : klinesOf(market, lengthMs).at(-1);
      if (lengthMs === undefined || kline === undefined) continue;
      send([stream], () => klineEvent(market.symbol.name, interval, kline, lengthMs, at));
    }
  }

  function command(subscriber: Subscriber, text: string): void {
    const answer = (body: unknown): void => sockets.send(subscriber.socket, JSON.stringify(body));
    let request: { method?: unknown; params?: unknown; id?: unknown };
    try {
      request = JSON.parse(text);
    } catch {
      answer({ error: { code: 3, msg: 'Invalid JSON: expected value at line 1 column 1' } });
      return;
    }
    const { method, params, id = null } = request;
    const names = Array.isArray(params) ? params.filter((name) => typeof name === 'string') : [];
    if (method === 'SUBSCRIBE') {
      if (subscriber.streams.size + names.length > MAX_STREAMS) {
        answer({ error: { code: 2, msg: 'Invalid request: too many streams' }, id });
        return;
      }
      for (const name of names) subscriber.streams.add(name);
      answer({ result: null, id });
    } else if (method === 'UNSUBSCRIBE') {
      for (const name of names) subscriber.streams.delete(name);
      answer({ result: null, id });
    } else if (method === 'LIST_SUBSCRIPTIONS') answer({ result: [...subscriber.streams], id });
    else answer({ error: { code: 2, msg: `Invalid request: unknown variant \`${String(method)}\`` }, id });
  }

  return {
    connect: (socket, combined, streams) => {
      const subscriber = { socket, combined, streams: new Set(streams) };
      subscribers.add(subscriber);
      socket.on('close', () => subscribers.delete(subscriber));
      socket.on('message', (data) => {
        if (!sockets.isDeaf(socket)) command(subscriber, String(data));
      });
    },
    publish: (event) => {
      if (event.kind === 'book') publishBook(event.market, event.at);
      else if (event.kind === 'mark') publishMark(event.market, event.at);
      else if (event.kind === 'trade') {
        const name = event.trade.symbol.toLowerCase();
        send([`${name}@trade`], () => tradeEvent(event.trade));
        send([`${name}@aggTrade`], () => aggregateTradeEvent(event.trade));
      }
    },
    tick: (markets, at) => {
      const all = [...markets];
      for (const market of all) {
        publishMark(market, at);
        publishKlines(market, at);
      }
      for (const stream of ['!markPrice@arr', '!markPrice@arr@1s']) {
        send([stream], () => all.map((market) => markPriceEvent(market, at)) as unknown as Record<string, unknown>);
      }
    },
  };
}
