import type { HeadroomEntry } from '@inspector/contract';
import { formatRoughly } from './format.ts';
import { secondsToTrip } from './headroom-order.ts';

/** A limit that would trip later than this is not approaching in any sense that helps. */
const FAR_OFF_S = 24 * 3_600;

type Pace = Pick<HeadroomEntry, 'usedPct' | 'timeToTripSec'>;

const isReached = ({ usedPct }: Pick<HeadroomEntry, 'usedPct'>): boolean => usedPct !== null && usedPct >= 100;

/** `reached`, `12 min`, `over a day`, `not nearing`: when the limit is met if it goes on like this. */
export function tripWords(entry: Pace): string {
  if (isReached(entry)) return 'reached';
  const seconds = secondsToTrip(entry);
  if (seconds === null) return 'not nearing';
  return seconds > FAR_OFF_S ? 'over a day' : formatRoughly(seconds * 1000);
}

/** The same beside a reading, where only what is near is worth a word: `, reached`, `, in 12 min`, or nothing. */
export function tripBeside(entry: Pace): string {
  if (isReached(entry)) return ', reached';
  const seconds = secondsToTrip(entry);
  return seconds === null || seconds > FAR_OFF_S ? '' : `, in ${formatRoughly(seconds * 1000)}`;
}

/** The same as a sentence. */
export function tripSentence(entry: Pace): string {
  if (isReached(entry)) return 'It is reached.';
  const seconds = secondsToTrip(entry);
  if (seconds === null) return 'At the present pace it is not being approached.';
  const time = seconds > FAR_OFF_S ? 'More than a day' : `About ${formatRoughly(seconds * 1000)}`;
  return `${time} at the present pace.`;
}
