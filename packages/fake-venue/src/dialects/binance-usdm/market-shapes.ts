import { text } from '#dialects/text.ts';
import { bookChanges } from '#exchange/book-changes.ts';
import type { BookLevel, MarketTrade, MinuteCandle, SymbolMarket } from '#exchange/symbol-market.ts';

export const levelsOf = (levels: readonly BookLevel[], limit: number): [string, string][] =>
  levels.slice(0, limit).map((level) => [text(level.price), text(level.quantity)]);

export const tradeEvent = (trade: MarketTrade): Record<string, unknown> => ({
  ...{ e: 'trade', E: trade.at, T: trade.at, s: trade.symbol, t: trade.id },
  ...{ p: text(trade.price), q: text(trade.quantity), X: 'MARKET', m: trade.side === 'SELL' },
});

export const aggregateTradeEvent = (trade: MarketTrade): Record<string, unknown> => ({
  ...{ e: 'aggTrade', E: trade.at, s: trade.symbol, a: trade.id, p: text(trade.price), q: text(trade.quantity) },
  ...{ nq: text(trade.quantity), f: trade.id, l: trade.id, T: trade.at, m: trade.side === 'SELL' },
});

export const bookTickerEvent = (
  { symbol, bids, asks }: SymbolMarket,
  sequence: number,
  at: number,
): Record<string, unknown> => ({
  ...{ e: 'bookTicker', u: sequence, s: symbol.name, T: at, E: at },
  ...{ b: text(bids[0]?.price ?? 0), B: text(bids[0]?.quantity ?? 0) },
  ...{ a: text(asks[0]?.price ?? 0), A: text(asks[0]?.quantity ?? 0) },
});

export const markPriceEvent = ({ symbol, mark }: SymbolMarket, at: number): Record<string, unknown> => ({
  ...{ e: 'markPriceUpdate', E: at, s: symbol.name, p: text(mark), ap: text(mark), P: text(mark), i: text(mark) },
  ...{ r: '0.00010000', T: Math.ceil(at / 28_800_000) * 28_800_000 },
});

export interface DepthSequence {
  first: number;
  last: number;
  previous: number;
}

export const depthEvent = (
  symbol: string,
  { first, last, previous }: DepthSequence,
  { bids, asks, at }: { bids: [string, string][]; asks: [string, string][]; at: number },
): Record<string, unknown> => ({
  ...{ e: 'depthUpdate', E: at, T: at, s: symbol, U: first, u: last, pu: previous },
  ...{ b: bids, a: asks },
});

export const klineEvent = (
  symbol: string,
  interval: string,
  kline: MinuteCandle,
  lengthMs: number,
  at: number,
): Record<string, unknown> => ({
  ...{ e: 'kline', E: at, s: symbol },
  k: {
    ...{ t: kline.openedAt, T: kline.openedAt + lengthMs - 1, s: symbol, i: interval, f: 0, L: 0 },
    ...{ o: text(kline.open), c: text(kline.close), h: text(kline.high), l: text(kline.low), v: text(kline.volume) },
    ...{ n: kline.trades, x: at >= kline.openedAt + lengthMs, q: text(kline.quoteVolume), V: '0', Q: '0', B: '0' },
  },
});

export const changesOf = (before: readonly BookLevel[], after: readonly BookLevel[]): [string, string][] =>
  bookChanges(before, after).map((level) => [text(level.price), text(level.quantity)]);
