import type { EquityPoint } from '@inspector/contract';

/** How far back every sample is at hand. */
export const RECENT_MS = 3_600_000;
/** Points at hand at most: an hour of some 140 accounts, about 15 MB. Past it the hour is shorter. */
export const RECENT_LIMIT = 100_000;

/** The newest points of all accounts, in the order of their time. */
export interface RecentPoints {
  /** From here on nothing is missing; infinite while there is none. */
  readonly oldestTs: number;
  /** −Infinity while there is none. */
  readonly newestTs: number;
  /** Points of one moment, later than all before. */
  add(points: readonly EquityPoint[]): void;
  /** Oldest first. What is added meanwhile is not among them. */
  since(ts: number): EquityPoint[];
}

export function createRecentPoints(limit = RECENT_LIMIT): RecentPoints {
  let points: EquityPoint[] = [];
  /** Those before it have been let go. */
  let first = 0;

  function letGo(): void {
    const oldest = (points.at(-1)?.ts ?? 0) - RECENT_MS;
    while (points.length - first > limit || (points[first]?.ts ?? oldest) < oldest) dropMoment();
    if (first < points.length / 2) return;
    points = points.slice(first);
    first = 0;
  }

  /** A whole moment at a time, so that from `oldestTs` on no account is missing. */
  function dropMoment(): void {
    const ts = points[first]?.ts;
    while (points[first]?.ts === ts && first < points.length) first += 1;
  }

  return {
    get oldestTs() {
      return points[first]?.ts ?? Number.POSITIVE_INFINITY;
    },
    get newestTs() {
      return points.at(-1)?.ts ?? Number.NEGATIVE_INFINITY;
    },
    add(moment) {
      for (const point of moment) points.push(point);
      letGo();
    },
    since(ts) {
      let begin = points.length;
      while (begin > first && points[begin - 1]!.ts >= ts) begin -= 1;
      return points.slice(begin);
    },
  };
}
