import type { ExchangeState } from '#exchange/state.ts';
import type { FakeFaults } from '#venue/faults.ts';
import type { ListenKeys } from './listen-keys.ts';

/** What the routes of this dialect work on. */
export interface Context {
  exchange: ExchangeState;
  faults: FakeFaults;
  listenKeys: ListenKeys;
  /** The venue's clock. */
  now: () => number;
  /** When the account cancels all by itself, by symbol: what `countdownCancelAll` sets. */
  countdowns: Map<string, number>;
}

export interface Call {
  context: Context;
  params: URLSearchParams;
}

export interface Route {
  security: 'none' | 'key' | 'signed';
  /** Signed calls that a key without the right to trade may not make. */
  trades?: true;
  weight: number | ((params: URLSearchParams) => number);
  /** Counted against the account's order limits. */
  orders?: number;
  run: (call: Call) => unknown;
}

/** By `METHOD /path`. */
export type Routes = Record<string, Route>;
