/** Orders as the engine knows them, its own and those of others. */
import type { Order, OrderPurpose } from '@inspector/contract';
import type { StopKind } from './positions.ts';

/** Where an order is in its life; `unknown` is an outcome in doubt (semantics 7). */
export type OrderPhase = 'sent' | 'working' | 'unknown' | 'done';

/**
 * Finished orders kept to recognise late and repeated fills; the oldest go first. Each weighs some 1.25 KB in a snapshot,
 * and a snapshot is written while nothing is decided.
 */
export const MAX_FINISHED_ORDERS = 2000;

export interface OrderState {
  clientOrderId: string;
  serial: number;
  account: number;
  symbol: number;
  own: boolean;
  purpose: OrderPurpose | null;
  version: number;
  order: Order;
  phase: OrderPhase;
  /** Position that it protects, closes or opened; 0 when none (serials begin at 1). */
  position: number;
  /** The request that it came from, and all that its position came from: replay files may name it by any of them. */
  requestId: string | null;
  requestIds: string[];
  detectorSysname: string | null;
  traceId: string;
  sentAt: number;
  /** Of a CLOSE: the code that the close will carry. Of a STOP: the candidate that it stands for. */
  closeCode: string | null;
  stopKind: StopKind | null;
  cancelRequested: boolean;
  /** A cancel is on its way. */
  cancelPending?: boolean;
  /** When the last cancel was sent, ms. */
  cancelSentAt?: number;
  cancels: number;
  /** Sum of fees seen, to find a fill's own. */
  feeUsd: number;
  /** Rounds of queries that proved its absence, and when the last was (semantics 7). */
  absences: number;
  lastAbsenceAt: number;
  queryDue: number;
  queryFailures: number;
  /** Of an ENTRY: what is still reserved, base units, and the price it was decided at. */
  reservedQuantity: number;
  price: number;
  leverage: number;
  expiresAt: number;
  requestedStop: number;
  requestedTarget: number;
  resent: number;
  /** Times that a venue answer did not show this working order. */
  missing: number;
}

/** Base units not yet executed. */
export function remainingQuantity(state: OrderState): number {
  return Math.max(0, state.order.quantity - state.order.quantityExecuted);
}
