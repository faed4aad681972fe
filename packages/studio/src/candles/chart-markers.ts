import type { ChartMarker } from '#design/chart-shapes.ts';
import type { Tone } from '#design/tone.ts';

/** What may be marked: of all that happened, the decisions and the fills are. */
export interface ChartEvent {
  ts: number;
  kind: string;
  /** Of a fill or an allowed decision: up buys, down sells. */
  direction: 'up' | 'down' | null;
  /** An allowed decision is `good`. */
  tone: Tone;
  /** Of a fill its price, of a position's end the price at which it left. */
  price: number | null;
}

/** Marks on a chart; past it the oldest are left out. */
export const CHART_MARKERS_LIMIT = 150;

/**
 * Decisions and fills since the chart's first candle, each on the candle that it fell into, rising by time. Marks of one
 * kind and direction on one candle are one mark with their number.
 */
export function chartMarkers(events: readonly ChartEvent[], fromTs: number, intervalMs: number): ChartMarker[] {
  const groups = new Map<string, { marker: ChartMarker; count: number }>();
  for (const event of events) {
    if (event.ts < fromTs || (event.kind !== 'fill' && event.kind !== 'decision')) continue;
    const marker = markerOf(event, event.ts - (event.ts % intervalMs));
    const key = `${marker.time} ${marker.shape} ${marker.position}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { marker, count: 1 });
    else group.count += 1;
  }
  return [...groups.values()]
    .map(({ marker, count }) => (count > 1 ? { ...marker, text: String(count) } : marker))
    .sort((a, b) => a.time - b.time)
    .slice(-CHART_MARKERS_LIMIT);
}

/** Buys stand below their candle, sells above it: the shape says what, the place says which way. */
function markerOf({ kind, direction, tone }: ChartEvent, time: number): ChartMarker {
  const position = direction === 'down' ? 'aboveBar' : 'belowBar';
  if (kind === 'fill') {
    return direction === 'down'
      ? { time, shape: 'arrowDown', position, colour: 'down' }
      : { time, shape: 'arrowUp', position, colour: 'up' };
  }
  return tone === 'good'
    ? { time, shape: 'circle', position, colour: 'accent' }
    : { time, shape: 'square', position, colour: 'alert' };
}
