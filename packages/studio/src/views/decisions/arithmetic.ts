import type { Violation } from '@inspector/contract';
import { figuresApart, price } from '#decision-words/figures.ts';
import { formatClock } from '#words/format.ts';

/** The numbers of a violation, with units, and how far apart they are. */
export interface Arithmetic {
  observed: string;
  limit: string;
  distance: string;
  /** On which side of the limit it lies. */
  side: 'over by' | 'short by' | 'at the limit' | '';
  /** observed / limit in percent; null where that says nothing. */
  usedPct: number | null;
}

/** Null where the rule has no numbers. Times of day (`REQUEST_EXPIRED`) are only told apart. */
export function arithmeticOf({ code, observed, limit, unit }: Violation, tickSize?: number): Arithmetic | null {
  if (observed === null && limit === null) return null;
  if (observed === null || limit === null) {
    return { ...figuresApart(observed, limit, unit), distance: '–', side: '', usedPct: null };
  }
  const isMoment = code === 'REQUEST_EXPIRED';
  const distance = figuresApart(Math.abs(observed - limit), null, unit).observed;
  const side = observed > limit ? 'over by' : observed < limit ? 'short by' : 'at the limit';
  if (isMoment) return { observed: clock(observed), limit: clock(limit), distance, side, usedPct: null };
  if (unit === 'quote') {
    const shown = { observed: price(observed, tickSize), limit: price(limit, tickSize) };
    return { ...shown, distance: price(Math.abs(observed - limit), tickSize), side, usedPct: null };
  }
  const usedPct = limit > 0 && observed >= 0 ? (observed / limit) * 100 : null;
  return { ...figuresApart(observed, limit, unit), distance, side, usedPct };
}

const clock = (ts: number): string => formatClock(ts, { ms: true });
