import { kindOf, type OrderKind, type OrderType } from './order.ts';

/** Which orders a fault is aimed at: all that fit. `times` counts down; at 0 the fault is spent. */
export interface OrderFilter {
  symbol?: string;
  kind?: OrderKind;
  times?: number;
}

/** Off, on for everything, or on for what fits the filter. */
export type Aimed<T extends object = object> = false | true | (OrderFilter & T);

export interface PartialFilling {
  /** Into how many pieces, default 3; never smaller than one step. */
  pieces?: number;
  /** Between two pieces; 0, the default, is at once. */
  everyMs?: number;
  /** Leaves less than the minimum quantity unfilled; the order expires and the position keeps what nobody can close. */
  leaveDust?: boolean;
}

/** What can go wrong inside the exchange itself. */
export interface ExchangeFaults {
  neverWorking: Aimed;
  stopDoesNotFire: Aimed;
  partialFills: Aimed<PartialFilling>;
}

interface Subject {
  symbol: string;
  type: OrderType;
}

/**
 * Whether the fault strikes this order. Counts `times` down, so ask once per order. Without a kind in the filter,
 * only `kinds` are struck.
 */
export function strikes(fault: Aimed, subject: Subject, kinds?: readonly OrderKind[]): boolean {
  if (fault === false) return false;
  const filter: OrderFilter = fault === true ? {} : fault;
  const kind = kindOf(subject);
  if (filter.kind !== undefined ? filter.kind !== kind : kinds !== undefined && !kinds.includes(kind)) return false;
  if (filter.symbol !== undefined && filter.symbol !== subject.symbol) return false;
  if (filter.times === undefined) return true;
  if (filter.times <= 0) return false;
  filter.times--;
  return true;
}
