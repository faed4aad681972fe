import type { ChartEvent } from './chart-markers.ts';

/** A time that a chart is about; `to` is null while it goes on. */
export interface Stretch {
  from: number;
  to: number | null;
}

/** The lifetime of a position: to the first close of its symbol since, which is its own. Null without a beginning. */
export function stretchOf(entryTime: number | undefined, events: readonly ChartEvent[]): Stretch | null {
  if (entryTime === undefined) return null;
  let to: number | null = null;
  for (const { kind, ts, price } of events) {
    // An opening has no exit price.
    if (kind === 'position' && price !== null && ts >= entryTime && (to === null || ts < to)) to = ts;
  }
  return { from: entryTime, to };
}
