import type { HeadroomEntry } from '@inspector/contract';
import type { Reading } from '@inspector/service';
import { ratio } from './account-readers.ts';
import type { MetricState } from './metric-sources.ts';

type LimitReading = Reading<readonly ['account_key', 'code']>;

/** The tightest of each account and limit: limits of single symbols would be series without a bound. */
function tightest(
  { parts }: MetricState,
  value: (entry: HeadroomEntry) => number | null | undefined,
  isTighter: (value: number, than: number) => boolean,
): LimitReading[] {
  const accountKeys = Object.keys(parts.picture.accounts);
  const found = new Map<string, readonly [labels: readonly [string, string], value: number]>();
  for (const entry of parts.picture.headroom) {
    const observed = value(entry);
    if (typeof observed !== 'number') continue;
    const accountKey = accountOf(entry.scope, accountKeys);
    const key = `${accountKey} ${entry.code}`;
    const before = found.get(key);
    if (before === undefined || isTighter(observed, before[1])) found.set(key, [[accountKey, entry.code], observed]);
  }
  return [...found.values()];
}

/** `account:<key>`, or `symbol:<key>:<SYMBOL>`; the longest key that fits, since one may begin with another. */
function accountOf(scope: string, accountKeys: readonly string[]): string {
  const subject = scope.slice(scope.indexOf(':') + 1);
  const fitting = accountKeys.filter((key) => subject === key || subject.startsWith(`${key}:`));
  return fitting.sort((a, b) => b.length - a.length)[0] ?? 'unknown';
}

/** How far limits are from tripping. */
export const limitReaders = {
  inspector_limit_used_ratio: (state: MetricState) =>
    tightest(
      state,
      (entry) => ratio(entry.usedPct),
      (value, than) => value > than,
    ),
  inspector_limit_time_to_trip_seconds: (state: MetricState) =>
    tightest(
      state,
      (entry) => entry.timeToTripSec,
      (value, than) => value < than,
    ),
};
