import { reachesDown } from './amounts.ts';
import type { BookLevel } from './walk-book.ts';

/** What the exchange knows of one symbol's market. Prices are 0 and times −Infinity until first seen. */
export interface SymbolMarket {
  bids: readonly BookLevel[];
  asks: readonly BookLevel[];
  /** The venue's time of the book. */
  bookTime: number;
  mark: number;
  markTime: number;
  trade: number;
  /** Newest accepted price of any kind, for what fills without a book. */
  last: number;
  lastTime: number;
}

export const emptyMarket = (): SymbolMarket => ({
  bids: [],
  asks: [],
  bookTime: Number.NEGATIVE_INFINITY,
  mark: 0,
  markTime: Number.NEGATIVE_INFINITY,
  trade: 0,
  last: 0,
  lastTime: Number.NEGATIVE_INFINITY,
});

const isPrice = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value > 0;

const areLevels = (levels: readonly BookLevel[]): boolean =>
  levels.length > 0 &&
  levels.every((level) => isPrice(level.price) && Number.isFinite(level.volume) && level.volume >= 0);

/** Takes a book over. A crossed, one-sided, empty or non-finite one is refused (false) and the last one stays. */
export function acceptBook(
  market: SymbolMarket,
  bids: readonly BookLevel[],
  asks: readonly BookLevel[],
  time: number,
): boolean {
  if (!areLevels(bids) || !areLevels(asks)) return false;
  if (bids[0]!.price > asks[0]!.price) return false;
  market.bids = bids;
  market.asks = asks;
  market.bookTime = time;
  return true;
}

/**
 * Takes a trade over: finite, above 0, a market print and, where the book is fresh, within max(1 %, 5 × spread) of mid.
 * An outlier is refused (false): it becomes no price and triggers nothing.
 */
export function acceptTrade(
  market: SymbolMarket,
  trade: { price: number; market?: boolean; time: number },
  priceStaleMs: number,
): boolean {
  if (!isPrice(trade.price) || trade.market === false) return false;
  if (trade.time - market.bookTime <= priceStaleMs) {
    const bid = market.bids[0]!.price;
    const ask = market.asks[0]!.price;
    const mid = (bid + ask) / 2;
    if (!reachesDown(Math.abs(trade.price - mid), Math.max(0.01 * mid, 5 * (ask - bid)))) return false;
  }
  market.trade = trade.price;
  acceptLast(market, trade.price, trade.time);
  return true;
}

export function acceptMark(market: SymbolMarket, price: number, time: number): boolean {
  if (!isPrice(price)) return false;
  market.mark = price;
  market.markTime = time;
  acceptLast(market, price, time);
  return true;
}

/** A venue's indicative price or a candle's close: good enough to fill at where there is nothing better. */
export function acceptLast(market: SymbolMarket, price: number, time: number): boolean {
  if (!isPrice(price)) return false;
  market.last = price;
  market.lastTime = time;
  return true;
}

/** For unrealised results: the mark while it is no older than `priceStaleMs` against the newest event, else mid, else last. */
export function valuationOf(market: SymbolMarket | undefined, priceStaleMs: number): number | undefined {
  if (!market) return undefined;
  const newest = Math.max(market.bookTime, market.markTime, market.lastTime);
  if (newest - market.markTime <= priceStaleMs) return market.mark;
  if (newest - market.bookTime <= priceStaleMs) return (market.bids[0]!.price + market.asks[0]!.price) / 2;
  return market.last > 0 ? market.last : undefined;
}
