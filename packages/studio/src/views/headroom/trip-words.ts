import type { HeadroomEntry } from '@inspector/contract';
import { formatRoughly } from '#words/format.ts';
import { FAR_OFF_S } from '#words/headroom-order.ts';

/** When the limit is met if it goes on like this. */
export function tripWords({ usedPct, timeToTripSec }: HeadroomEntry): string {
  if (usedPct !== null && usedPct >= 100) return 'reached';
  if (timeToTripSec === null) return 'not nearing';
  return timeToTripSec > FAR_OFF_S ? 'over a day' : formatRoughly(timeToTripSec * 1000);
}
