/** The port of time: `systemClock` live, `createSimulatedClock` in tests and the simulator. */
export interface Clock {
  /** Unix milliseconds; may go back, so the runner keeps what it gives the engine from doing so. */
  now(): number;
  /** Milliseconds from any start, for measuring; never goes back. */
  elapsedMs(): number;
  /** Calls back once, `delayMs` from now. The answer cancels it. */
  after(delayMs: number, callback: () => void): () => void;
  /** Calls back once everything that is ready in this turn of the event loop has run. */
  endOfTurn(callback: () => void): void;
}

/** Longest delay that a timer of Node takes; one further away is set again when this has passed. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: Date.now,
  elapsedMs: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(Math.max(0, delayMs), LONGEST_DELAY_MS));
    return () => clearTimeout(timer);
  },
  endOfTurn(callback) {
    setImmediate(callback);
  },
};
