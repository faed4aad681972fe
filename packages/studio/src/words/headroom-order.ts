import type { HeadroomEntry } from '@inspector/contract';

/** A limit that would trip sooner than this stands before all that are merely fuller. */
const SOON_S = 15 * 60;

/** Of a limit that is used less, a pace says nothing: it extrapolates next to nothing. */
const LEAST_USED_PCT = 1;

/** Seconds until the limit is met if it goes on like this; null: it does not near, or from too little to tell. */
export const secondsToTrip = ({ usedPct, timeToTripSec }: Pick<HeadroomEntry, 'usedPct' | 'timeToTripSec'>) =>
  usedPct === null || usedPct < LEAST_USED_PCT ? null : timeToTripSec;

/** The nearest first: reached, then soon, then by use; what is not known stands last. Figures that tremble change nothing. */
export const sortHeadroom = (entries: readonly HeadroomEntry[]): HeadroomEntry[] =>
  [...entries]
    .map((entry) => ({ entry, near: nearness(entry), name: `${entry.code} ${entry.scope}` }))
    .sort((a, b) => b.near - a.near || (a.name < b.name ? -1 : 1))
    .map(({ entry }) => entry);

function nearness(entry: HeadroomEntry): number {
  const { usedPct } = entry;
  if (usedPct === null) return -1;
  const used = Math.round(usedPct);
  if (usedPct >= 100) return 2_000 + Math.min(used, 999);
  const seconds = secondsToTrip(entry);
  if (seconds !== null && seconds < SOON_S) return 1_000 + (SOON_S - seconds) / SOON_S + used;
  return used;
}

/** How near a limit is. */
export type Nearness = 'reached' | 'near' | 'watch' | 'far' | 'unknown';

export function nearnessOf(entry: HeadroomEntry): Nearness {
  const { usedPct } = entry;
  if (usedPct === null) return 'unknown';
  if (usedPct >= 100) return 'reached';
  const seconds = secondsToTrip(entry);
  if (usedPct >= 80 || (seconds !== null && seconds < SOON_S)) return 'near';
  return usedPct >= 50 ? 'watch' : 'far';
}
