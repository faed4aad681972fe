import type { MinuteCandle, SymbolMarket } from './symbol-market.ts';

/** Candles of the interval, oldest first, made of those of a minute. */
export function klinesOf(market: SymbolMarket, lengthMs: number): MinuteCandle[] {
  const klines: MinuteCandle[] = [];
  for (const minute of market.candles) {
    const openedAt = Math.floor(minute.openedAt / lengthMs) * lengthMs;
    const last = klines.at(-1);
    if (last === undefined || last.openedAt !== openedAt) klines.push({ ...minute, openedAt });
    else {
      last.high = Math.max(last.high, minute.high);
      last.low = Math.min(last.low, minute.low);
      last.close = minute.close;
      last.volume += minute.volume;
      last.quoteVolume += minute.quoteVolume;
      last.trades += minute.trades;
    }
  }
  return klines;
}
