import type { ChartCourse } from '#design/chart-shapes.ts';

export interface LevelPoint {
  /** The beginning of a candle, ms since 1970. */
  time: number;
  price: number;
  /** False from where the level stood no more: the price is then the one that it had. */
  stands: boolean;
}

/**
 * The points between which a level is drawn in steps: one on each candle in which it changed, with what it was at last, and
 * one on the candle in which it ended, or on the newest. `times`: where the candles begin, rising.
 */
export function levelPath(
  { changes, until }: Pick<ChartCourse, 'changes' | 'until'>,
  times: readonly number[],
): LevelPoint[] {
  const points: LevelPoint[] = [];
  const put = (time: number, price: number | null): void => {
    const last = points.at(-1);
    const point = { time, price: price ?? last?.price ?? Number.NaN, stands: price !== null };
    if (Number.isNaN(point.price)) return; // nothing has stood yet
    if (last?.time === time) points.pop();
    points.push(point);
  };
  let at = 0;
  const candleOf = (ts: number): number => {
    while (at + 1 < times.length && times[at + 1]! <= ts) at += 1;
    return times[at]!;
  };
  if (times.length === 0) return points;
  for (const { ts, price } of changes) {
    if (until === null || ts <= until) put(candleOf(ts), price);
  }
  const last = points.at(-1);
  if (last?.stands === true) put(candleOf(until ?? Number.POSITIVE_INFINITY), last.price);
  return points;
}
