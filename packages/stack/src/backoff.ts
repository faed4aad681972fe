/** Pause before a part that has ended is started again; doubled for each time in a row. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** A run of this length breaks the row. */
const STEADY_MS = 30_000;
/** After so many short runs in a row a part is not started again: about a minute and a half, long enough for a port to come free. */
const TRIES = 10;

export interface Backoff {
  /** How long to wait after a run of so many ms; undefined: give up. */
  pauseAfter(ranMs: number): number | undefined;
}

export function createBackoff(): Backoff {
  let tries = 0;
  return {
    pauseAfter(ranMs) {
      tries = ranMs >= STEADY_MS ? 1 : tries + 1;
      return tries > TRIES ? undefined : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1));
    },
  };
}
