import { BybitError } from './errors.ts';
import { integer } from './parameters.ts';

/** How long a range is when one of its ends is named, or none; one with two ends may be as long. */
const RANGE_MS = 7 * 24 * 60 * 60 * 1000;

/** Judges times by `startTime` and `endTime`, as lists of what is past have them. Throws 10001. */
export function timeRange(params: URLSearchParams, now: number): (at: number) => boolean {
  const startTime = integer(params, 'startTime');
  const endTime = integer(params, 'endTime');
  const start = startTime ?? (endTime ?? now) - RANGE_MS;
  const end = endTime ?? start + RANGE_MS;
  if (end - start > RANGE_MS) {
    throw new BybitError(10001, 'The time range between startTime and endTime is over 7 days');
  }
  return (at) => at >= start && at <= end;
}
