import type { HeadroomEntry } from '@inspector/contract';

/** A limit that would trip later than this is not approaching in any sense that helps. */
export const FAR_OFF_S = 24 * 3_600;

/** A limit that would trip sooner than this stands before all that are merely fuller. */
const SOON_S = 15 * 60;

/** The nearest first: reached, then soon, then by use; what is not known stands last. Figures that tremble change nothing. */
export const sortHeadroom = (entries: readonly HeadroomEntry[]): HeadroomEntry[] =>
  [...entries]
    .map((entry) => ({ entry, near: nearness(entry), name: `${entry.code} ${entry.scope}` }))
    .sort((a, b) => b.near - a.near || (a.name < b.name ? -1 : 1))
    .map(({ entry }) => entry);

function nearness({ usedPct, timeToTripSec }: HeadroomEntry): number {
  if (usedPct === null) return -1;
  const used = Math.round(usedPct);
  if (usedPct >= 100) return 2_000 + Math.min(used, 999);
  if (timeToTripSec !== null && timeToTripSec < SOON_S) return 1_000 + (SOON_S - timeToTripSec) / SOON_S + used;
  return used;
}

/** How near a limit is. */
export type Nearness = 'reached' | 'near' | 'watch' | 'far' | 'unknown';

export function nearnessOf({ usedPct, timeToTripSec }: HeadroomEntry): Nearness {
  if (usedPct === null) return 'unknown';
  if (usedPct >= 100) return 'reached';
  if (usedPct >= 80 || (timeToTripSec !== null && timeToTripSec < SOON_S)) return 'near';
  return usedPct >= 50 ? 'watch' : 'far';
}
