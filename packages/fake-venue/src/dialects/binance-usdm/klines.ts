import { text } from '#dialects/text.ts';
import { MINUTE_MS, type MinuteCandle } from '#exchange/symbol-market.ts';

const UNITS: Record<string, number> = { m: 1, h: 60, d: 1440, w: 10_080 };

/** Length of an interval such as 15m, in milliseconds; undefined for one that is not known. */
export function intervalMs(interval: string): number | undefined {
  const match = /^(1|2|3|4|5|6|8|12|15|30)([mhdw])$/.exec(interval);
  return match === null ? undefined : Number(match[1]) * UNITS[match[2]!]! * MINUTE_MS;
}

export const klineRow = (kline: MinuteCandle, lengthMs: number): unknown[] => [
  kline.openedAt,
  text(kline.open),
  text(kline.high),
  text(kline.low),
  text(kline.close),
  text(kline.volume),
  kline.openedAt + lengthMs - 1,
  text(kline.quoteVolume),
  kline.trades,
  text(kline.volume / 2),
  text(kline.quoteVolume / 2),
  '0',
];
