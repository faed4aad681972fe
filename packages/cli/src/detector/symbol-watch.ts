import type { SymbolSpec } from '@inspector/contract';

/** Seconds of marks that are remembered: the longest look back. */
const WINDOW_S = 120;
/** Volatility that is assumed before there are marks to measure it, in percent over a second. */
const ASSUMED_SIGMA_PCT = 0.02;

export interface HeldPosition {
  side: 'LONG' | 'SHORT';
  quantity: number;
  entryPrice: number;
  since: number;
}

/** What the detector sees of one symbol. Prices are 0 until the first book. */
export interface SymbolWatch {
  spec: SymbolSpec;
  bid: number;
  ask: number;
  /** One mark a second, newest last. */
  marks: number[];
  held: HeldPosition | undefined;
  /** No further request for the symbol before this. */
  busyUntil: number;
}

export const watchOf = (spec: SymbolSpec): SymbolWatch => ({
  spec,
  bid: 0,
  ask: 0,
  marks: [],
  held: undefined,
  busyUntil: 0,
});

export function addMark(watch: SymbolWatch, mark: number): void {
  watch.marks.push(mark);
  if (watch.marks.length > WINDOW_S) watch.marks.shift();
}

/** Return in percent over the last so many seconds, or over as many as are known. */
export function returnPct(watch: SymbolWatch, seconds: number): number {
  const last = watch.marks.at(-1);
  const before = watch.marks[Math.max(0, watch.marks.length - 1 - seconds)];
  return last === undefined || before === undefined ? 0 : (last / before - 1) * 100;
}

/** Standard deviation of the returns over one second, in percent. */
export function sigmaPct(watch: SymbolWatch): number {
  const { marks } = watch;
  if (marks.length < 20) return ASSUMED_SIGMA_PCT;
  let squares = 0;
  for (let index = 1; index < marks.length; index += 1) squares += (marks[index]! / marks[index - 1]! - 1) ** 2;
  return Math.max(ASSUMED_SIGMA_PCT / 4, Math.sqrt(squares / (marks.length - 1)) * 100);
}

export const spreadPct = (watch: SymbolWatch): number =>
  watch.ask > 0 ? ((watch.ask - watch.bid) / ((watch.ask + watch.bid) / 2)) * 100 : 0;

/** Rounds a price to the symbol's tick, a quantity to its step; steps are powers of ten or whole. */
export function toStep(value: number, step: number): number {
  if (step >= 1) return Math.round(value / step) * step;
  const stepsPerUnit = Math.round(1 / step);
  return Math.round(value * stepsPerUnit) / stepsPerUnit;
}
