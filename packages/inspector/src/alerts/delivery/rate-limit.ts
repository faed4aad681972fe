/** Of a burst, the share that is kept free for critical alerts. */
const RESERVED_SHARE = 4;

/** Tokens that come back with time. Times are `elapsedMs` of the clock. */
export interface RateLimit {
  /** Takes a token; false when there is none for it. */
  take(atMs: number, isCritical: boolean): boolean;
  /** How long until `take` will give one. */
  waitMs(atMs: number, isCritical: boolean): number;
}

/** At most `perMinute` in the long run, and half of that at once. */
export function createRateLimit(perMinute: number): RateLimit {
  const capacity = Math.max(1, Math.ceil(perMinute / 2));
  const reserved = Math.floor(capacity / RESERVED_SHARE);
  const msPerToken = 60_000 / perMinute;
  let tokens = capacity;
  let seenAtMs: number | undefined;

  function fill(atMs: number): void {
    tokens = Math.min(capacity, tokens + Math.max(0, atMs - (seenAtMs ?? atMs)) / msPerToken);
    seenAtMs = atMs;
  }
  const needed = (isCritical: boolean) => (isCritical ? 1 : 1 + reserved);
  /** Sums of fractions miss a whole by a hair. */
  const HAIR = 1e-6;

  return {
    take(atMs, isCritical) {
      fill(atMs);
      if (tokens + HAIR < needed(isCritical)) return false;
      tokens -= 1;
      return true;
    },
    waitMs(atMs, isCritical) {
      fill(atMs);
      return Math.max(0, Math.ceil((needed(isCritical) - tokens - HAIR) * msPerToken));
    },
  };
}
