import type { ChartColour } from './chart-colours.ts';

/** A level across a chart: entry, stop, target, a limit. */
export interface ChartLine {
  id: string;
  price: number;
  colour: ChartColour;
  title: string;
  dashed?: boolean;
}

export interface ChartMarker {
  /** ms since 1970. */
  time: number;
  colour: ChartColour;
  shape: 'circle' | 'square' | 'arrowUp' | 'arrowDown';
  position: 'aboveBar' | 'belowBar' | 'inBar';
  text?: string;
}
