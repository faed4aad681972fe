import type { ExchangeState } from '#exchange/state.ts';
import type { FakeFaults } from '#venue/faults.ts';

/** What the routes of this dialect work on. */
export interface Context {
  exchange: ExchangeState;
  faults: FakeFaults;
  /** The venue's clock. */
  now: () => number;
}

export interface Call {
  context: Context;
  /** Of the query or of the JSON body. */
  params: URLSearchParams;
}

export interface Route {
  security: 'none' | 'signed';
  /** Calls that a key without the right to trade may not make. */
  trades?: true;
  /** Calls a second and account; without it only the address is limited. */
  perSecond?: number;
  /** Gives `result` of the answer. */
  run: (call: Call) => unknown;
}

/** By `METHOD /path`. */
export type Routes = Record<string, Route>;
