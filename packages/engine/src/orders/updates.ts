/** What is known of an order changes: by an event, by an answer to a call, or by what the venue shows when asked. */
import { isFinalStatus, type Order } from '@inspector/contract';
import { shown } from '#audit/record.ts';
import { updateReservation } from '#decisions/reservations.ts';
import { exceeds } from '#number/compare.ts';
import { onCloseFailed, onCloseFilled } from '#positions/close.ts';
import { applyFill } from '#positions/fills.ts';
import { onProtectionLost, onProtectionWorking } from '#protection/confirmations.ts';
import { syncProtection } from '#protection/protect.ts';
import { onExitBegan } from '#protection/software-exit.ts';
import type { Engine } from '#state/engine.ts';
import type { OrderState } from '#state/orders.ts';
import { finishOrder } from './live-orders.ts';
import { recordOrder } from './place.ts';
import { markUnknown } from './unknown.ts';

export type OrderUpdate = Partial<Order>;

/** Applies an update. One that says nothing new changes and writes nothing. */
export function applyUpdate(engine: Engine, state: OrderState, update: OrderUpdate): void {
  const { order } = state;
  noteIds(engine, state, update);
  if (update.status === 'UNKNOWN') {
    if (state.own) markUnknown(engine, state, 'the venue does not know');
    return;
  }
  if (update.status === 'REJECTED' && update.reason === 'DUPLICATE' && state.own && state.phase !== 'done') {
    // The venue has an order of that id: what became of it is to be looked up (semantics 7).
    markUnknown(engine, state, 'the venue says that it has the id already');
    return;
  }
  const fill = fillOf(engine, state, update);
  const status = statusOf(state, update, fill.quantity > 0);
  const isNews = status !== order.status || fill.quantity > 0 || (state.phase !== 'working' && status === 'NEW');
  if (!isNews) return;
  const wasWorking = state.phase === 'working';
  order.status = status;
  if (update.reason !== undefined) order.reason = update.reason;
  if (update.reasonText !== undefined) order.reasonText = update.reasonText;
  order.updateTime = update.updateTime ?? update.time ?? engine.now;
  if (fill.quantity > 0) {
    order.quantityExecuted += fill.quantity;
    order.priceExecuted = fill.meanPrice;
    state.feeUsd += fill.feeUsd;
    if (fill.feeUsd !== 0) order.fee = state.feeUsd;
  }
  state.absences = 0;
  state.missing = 0;
  if (isFinalStatus(status)) finishOrder(engine, state);
  else if (state.phase !== 'done') state.phase = 'working';
  updateReservation(engine, state);
  recordOrder(engine, 'ORDER_RESULT', state, {
    code: status,
    severity: status === 'REJECTED' ? 'warn' : 'info',
    message: resultMessage(state),
  });
  react(engine, state, wasWorking, fill);
}

/** Keeps the Provider's and the venue's ids of an order. */
export function noteIds(engine: Engine, state: OrderState, update: OrderUpdate): void {
  const { order } = state;
  if (order.id === '' && update.id !== undefined) order.id = update.id;
  if (order.externalId === '' && update.externalId !== undefined && update.externalId !== '') {
    order.externalId = update.externalId;
    engine.ordersByExternalId.set(`${state.account}|${update.externalId}`, state.clientOrderId);
  }
}

interface NewFill {
  quantity: number;
  price: number;
  meanPrice: number;
  feeUsd: number;
  time: number;
}

/** The growth of the executed quantity, at the price that makes the new mean. */
function fillOf(engine: Engine, state: OrderState, update: OrderUpdate): NewFill {
  const { order } = state;
  const executed = update.quantityExecuted ?? (update.status === 'FILLED' ? order.quantity : 0);
  const quantity = executed - order.quantityExecuted;
  const time = update.updateTime ?? update.time ?? engine.now;
  if (!exceeds(executed, order.quantityExecuted)) return { quantity: 0, price: 0, meanPrice: 0, feeUsd: 0, time };
  const given = update.priceExecuted;
  const fallback = update.stopPrice ?? update.price ?? order.stopPrice ?? engine.symbols.price[state.symbol]!;
  const meanPrice = given !== undefined && given > 0 ? given : fallback;
  // The first fill's price is the mean itself: no arithmetic, no rounding noise.
  const isFirst = order.quantityExecuted === 0;
  const price = isFirst ? meanPrice : (meanPrice * executed - order.priceExecuted * order.quantityExecuted) / quantity;
  const feeUsd = update.fee === undefined ? 0 : update.fee - state.feeUsd;
  return { quantity, price, meanPrice, feeUsd, time };
}

/** A final state never goes back, and executed quantity speaks for itself. */
function statusOf(state: OrderState, update: OrderUpdate, hasFill: boolean): Order['status'] {
  const { order } = state;
  const said = update.status ?? order.status;
  if (state.phase === 'done' && !(hasFill && said === 'FILLED')) return order.status;
  if (said === 'NEW' && order.quantityExecuted > 0) return order.status;
  return said;
}

function resultMessage(state: OrderState): string {
  const { order } = state;
  const what = `${state.purpose ?? 'Foreign'} ${order.type} ${order.side} ${shown(order.quantity)} ${order.symbol.name}: ${order.status}`;
  const executed =
    order.quantityExecuted > 0 ? `, ${shown(order.quantityExecuted)} at ${shown(order.priceExecuted)}` : '';
  return `${what}${executed}${order.reason === undefined ? '' : ` (${order.reason})`}.`;
}

function react(engine: Engine, state: OrderState, wasWorking: boolean, fill: NewFill): void {
  if (fill.quantity > 0) {
    const position = engine.positions.get(state.position);
    if (position !== undefined) onExitBegan(position, state);
    applyFill(engine, {
      order: state,
      quantity: fill.quantity,
      price: fill.price,
      feeUsd: fill.feeUsd,
      time: fill.time,
    });
  }
  if (!state.own) {
    syncOthersStop(engine, state);
    return;
  }
  const position = engine.positions.get(state.position);
  if (position === undefined) return;
  const isDead = state.phase === 'done' && state.order.status !== 'FILLED';
  if (state.purpose === 'STOP' || state.purpose === 'TARGET') {
    if (state.phase === 'working' && !wasWorking) onProtectionWorking(engine, position, state);
    if (isDead) onProtectionLost(engine, position, state);
    if (position.status !== 'closed') syncProtection(engine, position);
  } else if (state.purpose === 'CLOSE' && isDead) {
    onCloseFailed(engine, position, state);
  } else if (state.purpose === 'CLOSE' && state.phase === 'done') {
    onCloseFilled(engine, position, state);
  }
}

/** Another's reduce-only stop covers a position too, while it works. */
function syncOthersStop(engine: Engine, state: OrderState): void {
  const serial = engine.accounts[state.account]!.positions.get(state.symbol);
  const position = serial === undefined ? undefined : engine.positions.get(serial);
  if (position !== undefined) syncProtection(engine, position);
}
