import type { Candle } from '@inspector/contract';

export type PriceSource = 'trade' | 'mark';

/** A price that came after the candles were read, ms. */
export interface LateTick {
  price: number;
  /** A trade's price, or the mark's while nobody trades. */
  source: PriceSource;
  ts: number;
}

/** Candles of a chart, the oldest first. */
export const CHART_CANDLES_LIMIT = 600;

/**
 * Candles with a later price in the running one, or in a new one when its time has begun. A price of a candle that has
 * ended changes nothing: the next reading has it. The array is another one when a candle is.
 */
export function withTick(
  candles: readonly Candle[],
  tick: Pick<LateTick, 'price' | 'ts'>,
  intervalMs: number,
): readonly Candle[] {
  const last = candles.at(-1);
  if (last === undefined || !(tick.price > 0)) return candles;
  const { price, ts } = tick;
  const time = ts - (ts % intervalMs);
  if (time < last.time) return candles;
  if (time > last.time) {
    const begun = { time, open: price, high: price, low: price, close: price, volume: 0 };
    return [...candles, begun].slice(-CHART_CANDLES_LIMIT);
  }
  if (last.close === price && last.high >= price && last.low <= price) return candles;
  const moved = { ...last, close: price, high: Math.max(last.high, price), low: Math.min(last.low, price) };
  return [...candles.slice(0, -1), moved];
}

/** What was read, with what the page knows better: the running candle keeps the extremes that were seen live. */
export function withReading(shown: readonly Candle[], read: readonly Candle[]): readonly Candle[] {
  const newest = read.slice(-CHART_CANDLES_LIMIT);
  const lastRead = newest.at(-1);
  if (lastRead === undefined) return shown;
  const later = shown.filter(({ time }) => time > lastRead.time);
  const same = shown.find(({ time }) => time === lastRead.time);
  if (same === undefined) return [...newest, ...later];
  const kept = {
    ...lastRead,
    close: later.length > 0 ? lastRead.close : same.close,
    high: Math.max(lastRead.high, same.high),
    low: Math.min(lastRead.low, same.low),
  };
  return [...newest.slice(0, -1), kept, ...later];
}
