/** Time as a connector meets it: a clock and something that calls again. The tests turn it by hand. */
export interface Ticker {
  now(): number;
  /** Calls `tick` about every `ms` until the answer is called. */
  every(ms: number, tick: () => void): () => void;
}

export const realTicker: Ticker = {
  now: Date.now,
  every(ms, tick) {
    const timer = setInterval(tick, ms);
    return () => clearInterval(timer);
  },
};

/** A clock that never goes back, whatever the machine's does. */
export function steadyNow(ticker: Pick<Ticker, 'now'>): () => number {
  let latest = 0;
  return () => {
    latest = Math.max(latest, ticker.now());
    return latest;
  };
}
