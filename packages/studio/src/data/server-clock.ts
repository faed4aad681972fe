/** A difference below this is the way of the answer, not of the clocks. */
const TOLERATED_MS = 1_500;

/** The server's time as far as it is known. */
export interface ServerClock {
  now(): number;
  /** The server's time in an answer that has just come. */
  heard(timestamp: number): void;
}

export function createServerClock(local: () => number = Date.now): ServerClock {
  let offsetMs = 0;
  return {
    now: () => local() + offsetMs,
    heard(timestamp) {
      const measured = timestamp - local();
      if (Math.abs(measured - offsetMs) > TOLERATED_MS) offsetMs = measured;
    },
  };
}
