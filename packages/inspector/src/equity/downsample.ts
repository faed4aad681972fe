import type { EquityPoint } from '@inspector/contract';

export interface DownsampleConfig {
  /** Both included, Unix milliseconds. */
  from: number;
  to: number;
  /** At most so many come out; at least 3. */
  points: number;
}

/** Thins out the points of one account while they come in, oldest first. */
export interface Downsampler {
  add(point: EquityPoint): void;
  /** Oldest first. */
  result(): EquityPoint[];
}

/**
 * All points while they are few enough. Else the last of each of `points` − 2 equal buckets of time, and the lowest and the
 * highest equity: a chart that hides the worst moment is of no use.
 */
export function createDownsampler({ from, to, points }: DownsampleConfig): Downsampler {
  const buckets = points - 2;
  const widthMs = (to - from) / buckets;
  const lastOf: EquityPoint[] = [];
  let all: EquityPoint[] | undefined = [];
  let lowest: EquityPoint | undefined;
  let highest: EquityPoint | undefined;

  function put(point: EquityPoint): void {
    const index = widthMs > 0 ? Math.min(buckets - 1, Math.floor((point.ts - from) / widthMs)) : 0;
    lastOf[index] = point;
  }

  return {
    add(point) {
      if (lowest === undefined || point.equityUsd < lowest.equityUsd) lowest = point;
      if (highest === undefined || point.equityUsd > highest.equityUsd) highest = point;
      if (all !== undefined && all.length < points) {
        all.push(point);
        return;
      }
      all?.forEach(put);
      all = undefined;
      put(point);
    },
    result() {
      if (all !== undefined) return all;
      const kept = new Set([lowest, highest, ...lastOf].filter((point) => point !== undefined));
      return [...kept].sort((a, b) => a.ts - b.ts);
    },
  };
}
