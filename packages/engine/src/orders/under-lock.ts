/** Entries of others under a lock: an anomaly (semantics 2.6), and not let be. */
import { alert } from '#audit/record.ts';
import { coveringKill } from '#kill/covering-kill.ts';
import { isLocked } from '#limits/locks.ts';
import { exceeds } from '#number/compare.ts';
import { positionAt, quantityOf } from '#positions/positions.ts';
import type { Engine } from '#state/engine.ts';
import type { OrderState } from '#state/orders.ts';
import { cancelOrder, subjectOf } from './cancel.ts';

/**
 * An order that can open and that somebody else placed under a lock is an anomaly (semantics 2.6), and is cancelled: a lock
 * on entries holds against whoever sends them.
 */
export function reportEntryUnderLock(engine: Engine, state: OrderState): void {
  const { order } = state;
  if (!canOpen(engine, state) || !isLocked(engine, subjectOf(engine, state))) return;
  const accountKey = engine.accounts[state.account]!.key;
  const symbol = order.symbol.name;
  const message = `An order to ${order.side} ${order.quantity} ${symbol} appeared on ${accountKey} under a lock, not by Inspector: its cancel is sent.`;
  const data = { clientOrderId: state.clientOrderId };
  alert(engine, { code: 'ORDER_UNDER_LOCK', severity: 'critical', accountKey, symbol, message, data });
  // A kill that covers it begins again and cancels it itself.
  if (coveringKill(engine, subjectOf(engine, state)) === undefined) cancelOrder(engine, state);
}

/** False for what can only reduce, by its own restriction or because it is against a position that is no smaller. */
function canOpen(engine: Engine, state: OrderState): boolean {
  const { order } = state;
  if (order.reduceOnly === true || order.closePosition === true) return false;
  const position = positionAt(engine, state.account, state.symbol);
  if (position === undefined || (position.side === 'LONG') === (order.side === 'BUY')) return true;
  return exceeds(order.quantity - order.quantityExecuted, quantityOf(engine, position));
}
