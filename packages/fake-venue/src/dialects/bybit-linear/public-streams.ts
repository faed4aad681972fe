import type { WebSocket } from 'ws';
import { sequenceJump } from '#dialects/sequence-jump.ts';
import { bookChanges } from '#exchange/book-changes.ts';
import type { ExchangeEvent } from '#exchange/events.ts';
import { klinesOf } from '#exchange/klines.ts';
import type { ExchangeState } from '#exchange/state.ts';
import type { BookLevel, SymbolMarket } from '#exchange/symbol-market.ts';
import type { Sockets } from '#server/sockets.ts';
import type { FakeFaults } from '#venue/faults.ts';
import { intervalMs } from './intervals.ts';
import { klineEntry, levelsOf, tickerShape, tradeEntry } from './market-shapes.ts';
import { type Command, onCommands } from './socket-commands.ts';

/** Depths that the venue was seen to take for linear contracts; 500 is documented and was seen to be refused. */
const DEPTHS = ['1', '50', '200', '1000'];
/** Changes of a ticker are gathered for this long, as the venue does for derivatives. */
const TICKER_EVERY_MS = 100;
/** The best level is told again after this time without a change. */
const REPEAT_BEST_MS = 3000;

interface SentBook {
  u: number;
  bids: readonly BookLevel[];
  asks: readonly BookLevel[];
  sentAt: number;
}

export interface PublicStreams {
  connect(socket: WebSocket): void;
  publish(event: ExchangeEvent): void;
  /** What the venue sends by the clock. */
  tick(at: number): void;
}

interface Settings {
  exchange: ExchangeState;
  faults: FakeFaults;
  sockets: Sockets;
  now: () => number;
  later: (run: () => void, ms: number) => void;
}

export function createPublicStreams({ exchange, faults, sockets, now, later }: Settings): PublicStreams {
  const subscribers = new Map<WebSocket, Set<string>>();
  /** What the subscribers of a topic have been told; the next delta is against it. */
  const books = new Map<string, SentBook>();
  const tickers = new Map<string, Record<string, string>>();
  /** Topics of tickers whose changes will be told. */
  const gathering = new Set<string>();

  const isWanted = (topic: string): boolean => [...subscribers.values()].some((topics) => topics.has(topic));
  const wantedTopics = (prefix: string): Set<string> =>
    new Set([...subscribers.values()].flatMap((topics) => [...topics].filter((topic) => topic.startsWith(prefix))));

  function sendToAll(topic: string, message: Record<string, unknown>): void {
    const text = JSON.stringify({ topic, ...message });
    for (const [socket, topics] of subscribers) if (topics.has(topic)) sockets.send(socket, text);
  }

  const bookMessage = (
    type: string,
    { symbol, bookVersion }: SymbolMarket,
    { u, bids, asks }: SentBook,
    at: number,
  ) => ({
    ...{ type, ts: at, cts: at },
    data: { s: symbol.name, b: levelsOf(bids), a: levelsOf(asks), u, seq: bookVersion },
  });

  const topOf = (market: SymbolMarket, depth: number) => ({
    bids: market.bids.slice(0, depth),
    asks: market.asks.slice(0, depth),
  });

  function publishBook(market: SymbolMarket, at: number): void {
    const symbol = market.symbol.name;
    const wanted = DEPTHS.filter((depth) => isWanted(`orderbook.${depth}.${symbol}`));
    if (wanted.length === 0) return;
    const skipped = sequenceJump(faults, symbol);
    for (const depth of wanted) {
      const topic = `orderbook.${depth}.${symbol}`;
      const sent = books.get(topic)!;
      const top = topOf(market, Number(depth));
      const changes = { bids: bookChanges(sent.bids, top.bids), asks: bookChanges(sent.asks, top.asks) };
      if (changes.bids.length + changes.asks.length === 0) continue;
      const next = { u: sent.u + 1 + skipped, ...top, sentAt: at };
      books.set(topic, next);
      sendToAll(topic, bookMessage('delta', market, { ...next, ...changes }, at));
    }
  }

  function publishTicker(market: SymbolMarket, at: number): void {
    const topic = `tickers.${market.symbol.name}`;
    if (!isWanted(topic)) return;
    const before = tickers.get(topic) ?? {};
    const after = tickerShape(market, at);
    const changed = Object.entries(after).filter(([name, value]) => before[name] !== value);
    tickers.set(topic, after);
    if (changed.length === 0) return;
    const data = { symbol: market.symbol.name, ...Object.fromEntries(changed) };
    sendToAll(topic, { type: 'delta', data, cs: market.bookVersion, ts: at });
  }

  function gatherTicker(market: SymbolMarket): void {
    const topic = `tickers.${market.symbol.name}`;
    if (gathering.has(topic) || !isWanted(topic)) return;
    gathering.add(topic);
    later(() => {
      gathering.delete(topic);
      publishTicker(market, now());
    }, TICKER_EVERY_MS);
  }

  function publishKlines(market: SymbolMarket, at: number): void {
    for (const topic of wantedTopics('kline.')) {
      const [, interval = '', symbol] = topic.split('.');
      const lengthMs = intervalMs(interval);
      if (symbol !== market.symbol.name || lengthMs === undefined) continue;
      const kline = klinesOf(market, lengthMs).at(-1);
      if (kline === undefined) continue;
      sendToAll(topic, {
        type: 'snapshot',
        ts: at,
        data: [klineEntry(kline, interval, kline.openedAt + lengthMs - 1, at)],
      });
    }
  }

  /** The market that a topic is about; undefined for a topic that does not exist. */
  function marketOfTopic(topic: unknown): SymbolMarket | undefined {
    const parts = typeof topic === 'string' ? topic.split('.') : [];
    const [kind, detail = ''] = parts;
    const isKnown =
      parts.length === 3
        ? (kind === 'orderbook' && DEPTHS.includes(detail)) || (kind === 'kline' && intervalMs(detail) !== undefined)
        : parts.length === 2 && (kind === 'publicTrade' || kind === 'tickers');
    return isKnown ? exchange.markets.get(parts.at(-1) ?? '') : undefined;
  }

  /** What a new subscriber is told first. It is what all others have been told, so that one delta serves all. */
  function sendSnapshot(socket: WebSocket, topic: string, market: SymbolMarket): void {
    const at = now();
    const send = (message: Record<string, unknown>): void =>
      sockets.send(socket, JSON.stringify({ topic, ...message }));
    if (topic.startsWith('orderbook.')) {
      const sent = isWanted(topic) ? books.get(topic) : undefined;
      const u = (books.get(topic)?.u ?? market.bookVersion) + 1;
      const shown = sent ?? { u, ...topOf(market, Number(topic.split('.')[1])), sentAt: at };
      books.set(topic, shown);
      send(bookMessage('snapshot', market, shown, at));
    } else if (topic.startsWith('tickers.')) {
      publishTicker(market, at);
      const shown = isWanted(topic) ? (tickers.get(topic) ?? tickerShape(market, at)) : tickerShape(market, at);
      tickers.set(topic, shown);
      send({ type: 'snapshot', data: shown, cs: market.bookVersion, ts: at });
    }
  }

  /** One topic that does not exist spoils the whole command, as it was seen at the venue. */
  function subscribe(socket: WebSocket, topics: Set<string>, { op, args, reply }: Command): void {
    const unknown = args.find((topic) => marketOfTopic(topic) === undefined);
    if (unknown !== undefined || args.length === 0) {
      reply({ success: false, ret_msg: `error:handler not found,topic:${String(unknown ?? '')}`, op });
      return;
    }
    reply({ success: true, ret_msg: 'subscribe', op });
    for (const topic of args as string[]) {
      sendSnapshot(socket, topic, marketOfTopic(topic)!);
      topics.add(topic);
    }
  }

  function command(socket: WebSocket, topics: Set<string>, asked: Command): void {
    const { op, args, reply } = asked;
    switch (op) {
      case 'ping':
        reply({ success: true, ret_msg: 'pong', op });
        break;
      case 'subscribe':
        subscribe(socket, topics, asked);
        break;
      case 'unsubscribe':
        for (const topic of args) topics.delete(String(topic));
        reply({ success: true, ret_msg: '', op });
        break;
      default:
        reply({ success: false, ret_msg: 'error:invalid op', op });
    }
  }

  return {
    connect: (socket) => {
      const topics = new Set<string>();
      subscribers.set(socket, topics);
      socket.on('close', () => subscribers.delete(socket));
      onCommands(sockets, socket, (asked) => command(socket, topics, asked));
    },
    publish: (event) => {
      if (event.kind === 'book') {
        publishBook(event.market, event.at);
        gatherTicker(event.market);
      } else if (event.kind === 'mark') gatherTicker(event.market);
      else if (event.kind === 'trade') {
        const { trade } = event;
        sendToAll(`publicTrade.${trade.symbol}`, { type: 'snapshot', ts: event.at, data: [tradeEntry(trade)] });
        gatherTicker(exchange.markets.get(trade.symbol)!);
      }
    },
    tick: (at) => {
      for (const market of exchange.markets.values()) {
        publishKlines(market, at);
        const topic = `orderbook.1.${market.symbol.name}`;
        const sent = books.get(topic);
        if (sent === undefined || !isWanted(topic) || at - sent.sentAt < REPEAT_BEST_MS) continue;
        sent.sentAt = at;
        sendToAll(topic, bookMessage('snapshot', market, sent, at));
      }
    },
  };
}
