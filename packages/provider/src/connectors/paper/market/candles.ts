import { CANDLES_LIMIT, type Candle, type CandleQuery, ConnectorError } from '../../connector.ts';

const MINUTE_MS = 60_000;

/** Intervals that are answered, in minutes. */
const intervalMinutes: Readonly<Record<string, number>> = {
  '1m': 1,
  '5m': 5,
  '15m': 15,
  '1h': 60,
  '4h': 240,
  '1d': 1440,
};

/** One-minute candles kept a symbol: a day and an hour. Past it the oldest are gone, and with them longer intervals. */
export const MINUTES_KEPT = 1500;

/** One-minute candles of each symbol, built from prices, and longer intervals made of them when asked. */
export class CandleHistory {
  readonly #bySymbol = new Map<string, Candle[]>();

  /** Takes a price; answers the candle that this price ended, if any. */
  add(symbol: string, price: number, volume: number, at: number): Candle | undefined {
    const candles = this.#candlesOf(symbol);
    const time = at - (at % MINUTE_MS);
    const last = candles.at(-1);
    if (last && time <= last.time) {
      last.high = Math.max(last.high, price);
      last.low = Math.min(last.low, price);
      last.close = price;
      last.volume += volume;
      return undefined;
    }
    candles.push({ time, open: price, high: price, low: price, close: price, volume });
    if (candles.length > MINUTES_KEPT) candles.shift();
    return last && { ...last };
  }

  /** Candles that began in [from, to), oldest first, the newest CANDLES_LIMIT of them. The last one may be under way. */
  query({ symbol, interval, from, to }: CandleQuery): Candle[] {
    const minutes = Object.hasOwn(intervalMinutes, interval) ? intervalMinutes[interval] : undefined;
    if (minutes === undefined)
      throw new ConnectorError(
        'INTERVAL_UNKNOWN',
        `Interval ${interval} is none of ${Object.keys(intervalMinutes).join(', ')}`,
      );
    const merged = mergedBy(this.#bySymbol.get(symbol) ?? [], minutes * MINUTE_MS);
    const wanted = merged.filter(({ time }) => time >= (from ?? 0) && time < (to ?? Number.POSITIVE_INFINITY));
    return wanted.slice(-CANDLES_LIMIT);
  }

  #candlesOf(symbol: string): Candle[] {
    let candles = this.#bySymbol.get(symbol);
    if (!candles) {
      candles = [];
      this.#bySymbol.set(symbol, candles);
    }
    return candles;
  }
}

function mergedBy(candles: readonly Candle[], spanMs: number): Candle[] {
  const merged: Candle[] = [];
  for (const candle of candles) {
    const time = candle.time - (candle.time % spanMs);
    const last = merged.at(-1);
    if (last?.time === time) {
      last.high = Math.max(last.high, candle.high);
      last.low = Math.min(last.low, candle.low);
      last.close = candle.close;
      last.volume += candle.volume;
    } else merged.push({ ...candle, time });
  }
  return merged;
}
