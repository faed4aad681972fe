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

/** That a level was set, or with null that it stood no more. */
export interface LevelChange {
  /** ms since 1970. */
  ts: number;
  price: number | null;
}

/** Where a level has stood: it holds from each change to the next. */
export interface ChartCourse {
  id: string;
  colour: ChartColour;
  /** Rising by time. */
  changes: readonly LevelChange[];
  /** When it ended, ms since 1970; null: it goes on. */
  until: number | null;
}
