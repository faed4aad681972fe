import type { Venue } from './venue.ts';

/** Samples in one measurement; the one that was answered fastest counts. */
const SAMPLES = 3;

/** The venue's clock against ours. Requests are stamped by it; a constant offset is no fault. */
export interface VenueClock {
  /** Venue time now, in Unix milliseconds. */
  now(): number;
  /** Venue − own, in ms; undefined before the first measurement. */
  readonly offsetMs: number | undefined;
  /** Asks the venue for its time; rejects when it does not answer. */
  measure(ask?: () => Promise<number | undefined>): Promise<void>;
}

export function createVenueClock(
  venue: Pick<Venue, 'fetchTime' | 'nonce' | 'milliseconds' | 'seconds'>,
  now: () => number,
): VenueClock {
  let offsetMs: number | undefined;
  const corrected = (): number => Math.round(now() + (offsetMs ?? 0));
  // Every signed request of ccxt takes its time from the first, the logins of its sockets from the others.
  venue.nonce = corrected;
  venue.milliseconds = corrected;
  venue.seconds = () => Math.floor(corrected() / 1000);
  return {
    now: corrected,
    get offsetMs() {
      return offsetMs;
    },
    async measure(ask = () => venue.fetchTime() as Promise<number | undefined>) {
      let best = Number.POSITIVE_INFINITY;
      for (let sample = 0; sample < SAMPLES; sample += 1) {
        const sent = now();
        const shown = await ask();
        const took = now() - sent;
        // The answer was stamped somewhere on the way: half of it is the best guess, its error at most half the way.
        if (shown !== undefined && took < best) {
          best = took;
          offsetMs = shown - (sent + took / 2);
        }
      }
    },
  };
}
