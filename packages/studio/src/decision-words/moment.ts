import { formatClock, formatMoment } from '#words/format.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;

/** A moment on the reader's clock: with its date when it is more than a day from `from`, with seconds when it is near. */
export function momentFrom(ts: number, from: number): string {
  const distance = Math.abs(ts - from);
  if (distance > DAY_MS) return formatMoment(ts, from);
  const clock = formatClock(ts);
  return distance < HOUR_MS && ts % MINUTE_MS !== 0 ? clock : clock.slice(0, -3);
}
