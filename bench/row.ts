/** What a benchmark is and what it hands to the table. */

/** `full` is what RESULTS.md keeps; `short` runs in seconds and only shows that the benchmark still runs. */
export type Size = 'full' | 'short';

/** One line of the table. */
export interface Line {
  /** Row of the table that is asked for, such as P1. */
  row: string;
  what: string;
  /** The absolute figure as shown; it moves from machine to machine. */
  figure: string;
  figureWanted: string;
  figureMet: boolean;
  /** Measured beside a peer in the same run; null where the row asks for none. */
  ratio: number | null;
  ratioWanted: string;
  ratioMet: boolean;
  /** Rounds, percentiles and maximum behind the figure. */
  detail: string[];
}

export interface Row {
  id: string;
  title: string;
  /** What is on the path that is timed, and what is not. */
  method: string[];
  run(size: Size): Line[] | Promise<Line[]>;
}
