/** Valuation prices (semantics 1.1): the first of mark, mid, median of trades and candle close that is fresh. */
import { exceeds } from '#number/compare.ts';
import { MEDIAN_TRADES, priceSources, type SymbolTable } from '#state/symbols.ts';

/** Trades older than this do not count for the median. */
export const TRADE_WINDOW_MS = 10_000;
/** Prices agree within max(1 %, 5 × spread) of mid (semantics 1.2 and 1.3). */
const AGREEMENT_FRACTION = 0.01;
const AGREEMENT_SPREADS = 5;

/** Mid of the last accepted book, NaN when there never was one. */
export function midPrice(symbols: SymbolTable, symbol: number): number {
  return (symbols.bid[symbol]! + symbols.ask[symbol]!) / 2;
}

export function isBookFresh(symbols: SymbolTable, symbol: number, now: number): boolean {
  return now - symbols.bookTime[symbol]! <= symbols.staleMs[symbol]!;
}

/** Spread in percent of mid, NaN when there never was a book. */
export function spreadPercent(symbols: SymbolTable, symbol: number): number {
  return ((symbols.ask[symbol]! - symbols.bid[symbol]!) / midPrice(symbols, symbol)) * 100;
}

/** True when `price` is within max(1 %, 5 × spread) of the last book's mid, at the bound included. */
export function agreesWithMid(symbols: SymbolTable, symbol: number, price: number): boolean {
  const bid = symbols.bid[symbol]!;
  const ask = symbols.ask[symbol]!;
  const mid = (bid + ask) / 2;
  const allowed = Math.max(AGREEMENT_FRACTION * mid, AGREEMENT_SPREADS * (ask - bid));
  return !exceeds(Math.abs(price - mid), allowed);
}

/**
 * The fresh valuation price at `now`, NaN when none is fresh. When there is one, `price`, `priceTime` and `source` of the
 * symbol are set to it; otherwise they stay what they were.
 */
export function refreshPrice(symbols: SymbolTable, symbol: number, now: number): number {
  const staleMs = symbols.staleMs[symbol]!;
  if (now - symbols.markTime[symbol]! <= staleMs) {
    return keep(symbols, symbol, priceSources.mark, symbols.mark[symbol]!, symbols.markTime[symbol]!);
  }
  if (now - symbols.bookTime[symbol]! <= staleMs) {
    return keep(symbols, symbol, priceSources.mid, midPrice(symbols, symbol), symbols.bookTime[symbol]!);
  }
  const newestTrade = newestTradeTime(symbols, symbol);
  if (now - newestTrade <= staleMs) {
    return keep(symbols, symbol, priceSources.trade, medianTrade(symbols, symbol, now), newestTrade);
  }
  if (now - symbols.candleTime[symbol]! <= staleMs) {
    return keep(symbols, symbol, priceSources.candle, symbols.candle[symbol]!, symbols.candleTime[symbol]!);
  }
  return Number.NaN;
}

function keep(symbols: SymbolTable, symbol: number, source: number, price: number, time: number): number {
  symbols.price[symbol] = price;
  symbols.priceTime[symbol] = time;
  symbols.source[symbol] = source;
  return price;
}

/** Time of the newest accepted trade, NaN when there is none. */
function newestTradeTime(symbols: SymbolTable, symbol: number): number {
  const count = symbols.tradeCount[symbol]!;
  if (count === 0) return Number.NaN;
  return symbols.tradeTimes[symbol * MEDIAN_TRADES + ((count - 1) % MEDIAN_TRADES)]!;
}

const sorted = new Float64Array(MEDIAN_TRADES);

/** Median of the last five accepted trades not older than 10 s; of an even number the mean of the middle two. */
function medianTrade(symbols: SymbolTable, symbol: number, now: number): number {
  const kept = Math.min(symbols.tradeCount[symbol]!, MEDIAN_TRADES);
  let count = 0;
  for (let index = 0; index < kept; index++) {
    const at = symbol * MEDIAN_TRADES + index;
    if (now - symbols.tradeTimes[at]! > TRADE_WINDOW_MS) continue;
    const price = symbols.tradePrices[at]!;
    let hole = count++;
    while (hole > 0 && sorted[hole - 1]! > price) {
      sorted[hole] = sorted[hole - 1]!;
      hole--;
    }
    sorted[hole] = price;
  }
  const middle = count >> 1;
  return count % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** When the first of the sources that are fresh at `now` ceases to be; Infinity when none is fresh. */
export function nextExpiry(symbols: SymbolTable, symbol: number, now: number): number {
  const staleMs = symbols.staleMs[symbol]!;
  let first = Number.POSITIVE_INFINITY;
  for (const time of [
    symbols.markTime[symbol]!,
    symbols.bookTime[symbol]!,
    newestTradeTime(symbols, symbol),
    symbols.candleTime[symbol]!,
  ]) {
    if (now - time <= staleMs && time + staleMs < first) first = time + staleMs;
  }
  return first;
}

/** True while a fresh mark and a fresh mid agree: a reading of this symbol counts as confirmed at once. */
export function isConfirmedBySources(symbols: SymbolTable, symbol: number, now: number): boolean {
  const staleMs = symbols.staleMs[symbol]!;
  return (
    now - symbols.markTime[symbol]! <= staleMs &&
    now - symbols.bookTime[symbol]! <= staleMs &&
    agreesWithMid(symbols, symbol, symbols.mark[symbol]!)
  );
}
