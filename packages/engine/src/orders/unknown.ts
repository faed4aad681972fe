/**
 * Orders in doubt (semantics 7): asked for by client id, then among open orders, then by trades and position. Sent again
 * only when absence is proven: two rounds without it, at least 2 s apart, the last after its validity at the venue.
 */

import { updateReservation } from '#decisions/reservations.ts';
import { isLocked } from '#limits/locks.ts';
import { onCloseFailed, onCloseInDoubt } from '#positions/close.ts';
import { syncProtection } from '#protection/protect.ts';
import { askVenue } from '#reconcile/ask.ts';
import type { Engine } from '#state/engine.ts';
import type { OrderState } from '#state/orders.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { subjectOf } from './cancel.ts';
import { finishOrder } from './live-orders.ts';
import { recordOrder, send } from './place.ts';

const ROUNDS_TO_PROVE = 2;
const BETWEEN_ROUNDS_MS = 2000;
/** An order may still be taken by the venue for so long after it was sent (Binance's default recvWindow). */
export const VALIDITY_WINDOW_MS = 5000;
const QUERY_RETRY_FIRST_MS = 500;
const QUERY_RETRY_LAST_MS = 30_000;
/** An order whose absence was proven is sent again so often, then given up. */
const MAX_RESENDS = 3;

export function markUnknown(engine: Engine, state: OrderState, why: string): void {
  if (state.phase === 'done' || state.phase === 'unknown') return;
  state.phase = 'unknown';
  state.order.status = 'UNKNOWN';
  state.absences = 0;
  state.lastAbsenceAt = Number.NaN;
  state.queryFailures = 0;
  recordOrder(engine, 'ORDER_UNKNOWN', state, {
    code: 'UNKNOWN',
    severity: 'warn',
    message: `${state.purpose} of ${state.order.symbol.name}: outcome unknown, ${why}. The venue is asked.`,
  });
  query(engine, state);
  const position = engine.positions.get(state.position);
  if (position === undefined) return;
  if (state.purpose === 'CLOSE') onCloseInDoubt(engine, position, state);
  syncProtection(engine, position);
}

/** The question is put again: the one before it may have been lost with an instance that ended. */
export function askAgain(engine: Engine, state: OrderState): void {
  if (state.phase === 'unknown') query(engine, state);
}

function query(engine: Engine, state: OrderState): void {
  askVenue(engine, state.account, 'order-unknown', { symbol: state.symbol, clientOrderId: state.clientOrderId });
}

/** A query failed: nothing changes, and it is asked again, backing off. */
export function onOrderQueryFailed(engine: Engine, state: OrderState): void {
  if (state.phase !== 'unknown') return;
  state.queryFailures++;
  const wait = QUERY_RETRY_FIRST_MS * 2 ** Math.min(state.queryFailures - 1, 6);
  armQuery(engine, state, engine.now + Math.min(QUERY_RETRY_LAST_MS, wait));
}

function armQuery(engine: Engine, state: OrderState, due: number): void {
  state.queryDue = due;
  armTimer(engine.timers, timerKinds.orderQuery, state.serial, due);
}

export function onOrderQueryTimer(engine: Engine, serial: number, due: number): void {
  for (const ids of engine.liveOrders.values()) {
    for (const id of ids) {
      const state = engine.orders.get(id)!;
      if (state.serial !== serial) continue;
      if (state.queryDue === due && state.phase === 'unknown') query(engine, state);
      return;
    }
  }
}

/** The venue was asked and does not show the order. */
export function onOrderAbsent(engine: Engine, state: OrderState): void {
  if (state.phase !== 'unknown') return;
  const validUntil = state.sentAt + VALIDITY_WINDOW_MS;
  const isApart = Number.isNaN(state.lastAbsenceAt) || engine.now - state.lastAbsenceAt >= BETWEEN_ROUNDS_MS;
  if (isApart) {
    state.absences++;
    state.lastAbsenceAt = engine.now;
  }
  if (state.absences >= ROUNDS_TO_PROVE && engine.now >= validUntil) {
    onAbsenceProven(engine, state);
    return;
  }
  const next = engine.now + BETWEEN_ROUNDS_MS;
  armQuery(engine, state, state.absences + 1 >= ROUNDS_TO_PROVE ? Math.max(next, validUntil) : next);
}

function onAbsenceProven(engine: Engine, state: OrderState): void {
  if (state.purpose === 'ENTRY' && mayResend(engine, state)) {
    state.phase = 'sent';
    state.order.status = 'NEW';
    state.sentAt = engine.now;
    state.resent++;
    send(engine, state);
    return;
  }
  state.order.status = 'REJECTED';
  state.order.reason = 'UNKNOWN';
  state.order.reasonText = 'the venue never took it';
  finishOrder(engine, state);
  updateReservation(engine, state);
  recordOrder(engine, 'ORDER_RESULT', state, {
    code: 'REJECTED',
    severity: 'warn',
    message: `${state.purpose} of ${state.order.symbol.name} never reached the venue.`,
  });
  const position = engine.positions.get(state.position);
  if (position === undefined) return;
  if (state.purpose === 'CLOSE') onCloseFailed(engine, position, state);
  else syncProtection(engine, position);
}

/** An entry in doubt is never sent again once a lock covers it or its time has passed. */
function mayResend(engine: Engine, state: OrderState): boolean {
  const isExpired = state.expiresAt < engine.now;
  return (
    !isExpired && !state.cancelRequested && state.resent < MAX_RESENDS && !isLocked(engine, subjectOf(engine, state))
  );
}
