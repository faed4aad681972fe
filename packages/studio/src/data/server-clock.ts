/** A picture may have been taken up to this before it was asked for. */
const TOLERATED_MS = 1_500;

/** A clock that is set back by more is another clock, and is taken over; by less, it stands still until it is caught up. */
const STANDS_STILL_MS = 60_000;

/** The server's time as far as it is known. */
export interface ServerClock {
  /** Never earlier than what it answered before, unless the server's clock was set back. */
  now(): number;
  /** The server's time in an answer that has just come, and when it was asked for by the browser's clock. */
  heard(timestamp: number, askedAt: number): void;
}

/**
 * An answer was written after it was asked for and before it came. So it says between which two bounds the server's clock
 * is, however long it was on its way, and moves ours only to keep it between them.
 */
export function createServerClock(local: () => number = Date.now): ServerClock {
  let offsetMs = 0;
  let isKnown = false;
  let latest = Number.NEGATIVE_INFINITY;
  return {
    now() {
      const measured = local() + offsetMs;
      if (measured > latest || latest - measured > STANDS_STILL_MS) latest = measured;
      return latest;
    },
    heard(timestamp, askedAt) {
      const leastMs = timestamp - local();
      const mostMs = timestamp - askedAt;
      if (offsetMs < leastMs) offsetMs = leastMs;
      else if (offsetMs > mostMs + TOLERATED_MS) offsetMs = mostMs;
      // What was shown before the first answer was the browser's own time.
      if (!isKnown) latest = Number.NEGATIVE_INFINITY;
      isKnown = true;
    },
  };
}
