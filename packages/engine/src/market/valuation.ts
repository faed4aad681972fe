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
 * Looks for a fresh valuation price; true when there is one: `price`, `priceTime` and `source` of the symbol are then set
 * to it, otherwise they stay what they were. A number that crosses a call is a heap allocation, so none is returned.
 */
export function refreshPrice(engine: { symbols: SymbolTable; now: number }, symbol: number): boolean {
  const { symbols, now } = engine;
  const staleMs = symbols.staleMs[symbol]!;
  if (now - symbols.markTime[symbol]! <= staleMs) {
    symbols.price[symbol] = symbols.mark[symbol]!;
    symbols.priceTime[symbol] = symbols.markTime[symbol]!;
    symbols.source[symbol] = priceSources.mark;
    return true;
  }
  if (now - symbols.bookTime[symbol]! <= staleMs) {
    symbols.price[symbol] = (symbols.bid[symbol]! + symbols.ask[symbol]!) / 2;
    symbols.priceTime[symbol] = symbols.bookTime[symbol]!;
    symbols.source[symbol] = priceSources.mid;
    return true;
  }
  return refreshFromPrints(symbols, symbol, now);
}

/** The last resorts: the median of trades, then the candle close. */
function refreshFromPrints(symbols: SymbolTable, symbol: number, now: number): boolean {
  const staleMs = symbols.staleMs[symbol]!;
  const newestTrade = newestTradeTime(symbols, symbol);
  if (now - newestTrade <= Math.min(staleMs, TRADE_WINDOW_MS)) {
    symbols.price[symbol] = medianTrade(symbols, symbol, now);
    symbols.priceTime[symbol] = newestTrade;
    symbols.source[symbol] = priceSources.trade;
    return true;
  }
  if (now - symbols.candleTime[symbol]! <= staleMs) {
    symbols.price[symbol] = symbols.candle[symbol]!;
    symbols.priceTime[symbol] = symbols.candleTime[symbol]!;
    symbols.source[symbol] = priceSources.candle;
    return true;
  }
  return false;
}

/** Time of the newest accepted trade, NaN when there is none; one that came late is not the newest. */
function newestTradeTime(symbols: SymbolTable, symbol: number): number {
  const kept = Math.min(symbols.tradeCount[symbol]!, MEDIAN_TRADES);
  let newest = Number.NaN;
  for (let index = 0; index < kept; index++) {
    const time = symbols.tradeTimes[symbol * MEDIAN_TRADES + index]!;
    if (!(time <= newest)) newest = time;
  }
  return newest;
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
  const tradeTime = newestTradeTime(symbols, symbol);
  let first = Number.POSITIVE_INFINITY;
  if (now - symbols.markTime[symbol]! <= staleMs) first = symbols.markTime[symbol]! + staleMs;
  if (now - symbols.bookTime[symbol]! <= staleMs) first = Math.min(first, symbols.bookTime[symbol]! + staleMs);
  const tradeMs = Math.min(staleMs, TRADE_WINDOW_MS);
  if (now - tradeTime <= tradeMs) first = Math.min(first, tradeTime + tradeMs);
  if (now - symbols.candleTime[symbol]! <= staleMs) first = Math.min(first, symbols.candleTime[symbol]! + staleMs);
  return first;
}

/** True while a fresh mark and a fresh mid agree: a reading of this symbol counts as confirmed at once. */
export function isConfirmedBySources(engine: { symbols: SymbolTable; now: number }, symbol: number): boolean {
  const { symbols, now } = engine;
  const staleMs = symbols.staleMs[symbol]!;
  if (!(now - symbols.markTime[symbol]! <= staleMs) || !(now - symbols.bookTime[symbol]! <= staleMs)) return false;
  return agreesWithMid(symbols, symbol, symbols.mark[symbol]!);
}
