import type { ISeriesMarkersPluginApi, SeriesMarker, Time, UTCTimestamp } from 'lightweight-charts';
import { colourOf } from './chart-colours.ts';
import type { ChartMarker } from './chart-shapes.ts';

/** A chart counts in seconds. */
export const secondOf = (ts: number): UTCTimestamp => Math.floor(ts / 1000) as UTCTimestamp;

/** Puts marks on a series in place of those that it has, in the colours of the theme that is shown. */
export function drawMarkers(markers: ISeriesMarkersPluginApi<Time>, wanted: readonly ChartMarker[]): void {
  markers.setMarkers(
    wanted.map(({ time, colour, shape, position, text }): SeriesMarker<Time> => {
      const shared = { time: secondOf(time), color: colourOf(colour), shape, position };
      return text === undefined ? shared : { ...shared, text };
    }),
  );
}
