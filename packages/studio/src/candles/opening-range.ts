import type { Candle } from '@inspector/contract';
import { type ChartInterval, chartIntervals } from './chart-intervals.ts';
import type { Stretch } from './stretch.ts';

/** Candles in sight where nothing says what to open on. */
const CANDLES_IN_SIGHT = 90;
/** A shorter stretch has so many candles all the same, so that they can be read. */
const LEAST_IN_SIGHT = 24;
/** A stretch of more candles than this is drawn of longer ones. */
const MOST_OF_STRETCH = 100;
/** Candles before and after the stretch, at least. */
const LEAST_ROOM = 4;
/** Room at the right edge for the labels of levels. */
const EDGE = 4;

/** The shortest candles that a stretch is not too many of. */
export function fittingInterval({ from, to }: Stretch, now: number): ChartInterval {
  const span = (to ?? now) - from;
  const names = Object.keys(chartIntervals) as ChartInterval[];
  return names.find((name) => span <= MOST_OF_STRETCH * chartIntervals[name]) ?? '1h';
}

/** Places of the first and the last candle in sight, with room before and after the stretch. */
export function openingRange(candles: readonly Candle[], stretch: Stretch | null): { from: number; to: number } {
  const newest = { from: candles.length - CANDLES_IN_SIGHT, to: candles.length + EDGE };
  const first = candles[0];
  if (stretch === null || first === undefined || (stretch.to ?? Number.POSITIVE_INFINITY) < first.time) return newest;
  const begin = placeOf(candles, stretch.from);
  const end = stretch.to === null ? candles.length - 1 : placeOf(candles, stretch.to);
  const length = end - begin + 1;
  const room = Math.max(LEAST_ROOM, Math.ceil(length / 4), Math.ceil((LEAST_IN_SIGHT - length) / 2));
  const to = Math.min(end + room, candles.length - 1 + Math.max(EDGE, Math.ceil(length / 4)));
  // Where the future leaves no room on the right, the past has it.
  return { from: Math.min(begin - room, to - LEAST_IN_SIGHT), to };
}

/** The candle that a time fell into; the first one for what came before. */
function placeOf(candles: readonly Candle[], ts: number): number {
  const later = candles.findIndex(({ time }) => time > ts);
  return later < 0 ? candles.length - 1 : Math.max(0, later - 1);
}
