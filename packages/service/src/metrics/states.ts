import type { Reading } from './metric-readers.ts';

/** A series per possible state: 1 for the one that holds. One that is none of them shows all at 0. */
export const states = (possible: readonly string[], current: string): Reading<readonly [string]>[] =>
  possible.map((state) => [[state], state === current ? 1 : 0]);
