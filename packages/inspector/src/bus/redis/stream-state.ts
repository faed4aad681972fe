import { FIRST_ID } from './stream-id.ts';
import { isMarketStream } from './stream-name.ts';
import type { StreamPhase } from './stream-plan.ts';

/** How far one subscription has come in one stream. */
export interface StreamState {
  readonly name: string;
  readonly isMarket: boolean;
  phase: StreamPhase;
  /** The last entry read into this process. */
  lastRead: string;
  /** The last entry handed over; unset while that is not known. */
  handed?: string;
  /** Entries read and not handed over yet. */
  queued: number;
  /** Entries done with and not acknowledged yet. */
  done: string[];
  /** Since when it waits for entries that another consumer holds. */
  claimingSince: number;
}

export const newStreamState = (name: string): StreamState => ({
  name,
  isMarket: isMarketStream(name),
  phase: 'live',
  lastRead: FIRST_ID,
  queued: 0,
  done: [],
  claimingSince: 0,
});
