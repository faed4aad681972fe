/** What the venue says of stops and targets. */
import { shown } from '#audit/record.ts';
import { isSame } from '#number/compare.ts';
import { cancelOrder } from '#orders/cancel.ts';
import { ownOrdersOf } from '#orders/live-orders.ts';
import { requestClose } from '#positions/close.ts';
import { askVenue } from '#reconcile/ask.ts';
import type { Engine } from '#state/engine.ts';
import type { OrderState } from '#state/orders.ts';
import type { Position } from '#state/positions.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { hastenLadder, nakedQuantity } from './naked.ts';
import { MAX_TARGET_FAILURES, recordProtection, syncProtection } from './protect.ts';

/** A refused stop under which another still holds is tried again after so long, doubling up to the last. */
const RETRY_FIRST_MS = 1000;
const RETRY_LAST_MS = 30_000;

/** A stop or target works: the ones before it are cancelled. */
export function onProtectionWorking(engine: Engine, position: Position, order: OrderState): void {
  const code = order.purpose as 'STOP' | 'TARGET';
  const price = order.order.stopPrice!;
  const previous = code === 'STOP' ? position.confirmedStop : position.confirmedTarget;
  const moved = !Number.isNaN(previous) && !isSame(previous, price);
  if (code === 'STOP') {
    position.confirmedStop = price;
    position.protectionFailures = 0;
    position.protectionRetryDue = Number.NaN;
  } else {
    position.confirmedTarget = price;
    position.targetFailures = 0;
  }
  recordProtection(engine, moved ? 'PROTECTION_MOVED' : 'PROTECTION_PLACED', position, {
    code,
    message: `${code} of ${order.order.symbol.name} works at ${shown(price)} for ${shown(order.order.quantity)}.`,
    orderId: order.clientOrderId,
    data: {
      price,
      quantity: order.order.quantity,
      clientOrderId: order.clientOrderId,
      ...(Number.isNaN(previous) ? {} : { previousPrice: previous }),
      ...(code === 'STOP' ? { reason: order.stopKind } : {}),
    },
  });
  for (const older of ownOrdersOf(engine, position, code)) {
    if (older.version < order.version) cancelOrder(engine, older);
  }
}

/** A stop or target was refused, or ended without filling. */
export function onProtectionLost(engine: Engine, position: Position, order: OrderState): void {
  const code = order.purpose as 'STOP' | 'TARGET';
  const { order: state } = order;
  const data = {
    price: state.stopPrice ?? null,
    quantity: state.quantity,
    clientOrderId: order.clientOrderId,
    reason: state.reason ?? state.status,
  };
  const orderId = order.clientOrderId;
  // It had begun to answer a crossing and ended: the next crossing is watched again.
  if (Number.isNaN(position.crossedDue)) position.crossed = null;
  if (order.cancelRequested && state.status === 'CANCELED') {
    const message = `${code} of ${state.symbol.name} at ${shown(state.stopPrice ?? 0)} was cancelled.`;
    recordProtection(engine, 'PROTECTION_CANCELLED', position, { code, message, orderId, data });
    return;
  }
  recordProtection(engine, 'PROTECTION_FAILED', position, {
    code,
    severity: code === 'STOP' ? 'critical' : 'warn',
    message:
      `${code} of ${state.symbol.name} at ${shown(state.stopPrice ?? 0)}: ${state.status} ${state.reason ?? ''} ${state.reasonText ?? ''}`.trimEnd(),
    orderId,
    data,
  });
  if (code === 'STOP') recoverStop(engine, position, order);
  else recoverTarget(engine, position, order);
}

function recoverStop(engine: Engine, position: Position, order: OrderState): void {
  if (position.status === 'closed') return;
  const { reason, status } = order.order;
  if (reason === 'WOULD_TRIGGER') {
    const code = order.stopKind ?? position.stopKind;
    requestClose(engine, position, { code, reason: 'the price is already through the stop' });
    return;
  }
  position.protectionFailures++;
  if (status !== 'REJECTED') {
    // Cancelled or expired by somebody else: the venue takes orders, so a new one goes out at once, the first few times.
    if (position.protectionFailures <= 3) syncProtection(engine, position);
    else holdBack(engine, position);
    return;
  }
  holdBack(engine, position);
  askVenue(engine, position.account, 'protection', { symbol: position.symbol });
}

function holdBack(engine: Engine, position: Position): void {
  const wait = Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** Math.min(position.protectionFailures - 1, 5));
  // Naked, the ladder says when; otherwise the old stop still holds and the new one is tried again later.
  position.protectionRetryDue = nakedQuantity(engine, position) > 0 ? Number.POSITIVE_INFINITY : engine.now + wait;
  if (Number.isFinite(position.protectionRetryDue)) {
    armTimer(engine.timers, timerKinds.protectionRetry, position.serial, position.protectionRetryDue);
  }
}

export function onProtectionRetryTimer(engine: Engine, serial: number, due: number): void {
  const position = engine.positions.get(serial);
  if (position === undefined || position.protectionRetryDue !== due) return;
  position.protectionRetryDue = Number.NaN;
  syncProtection(engine, position);
}

/** The venue answered after a refusal: place again now, on the ladder. */
export function afterProtectionQuery(engine: Engine, account: number): void {
  for (const position of [...engine.positions.values()]) {
    const isRefused = position.account === account && position.protectionRetryDue === Number.POSITIVE_INFINITY;
    if (isRefused) hastenLadder(engine, position);
  }
}

function recoverTarget(engine: Engine, position: Position, order: OrderState): void {
  if (position.status === 'closed') return;
  position.targetFailures++;
  if (order.order.reason === 'WOULD_TRIGGER') {
    requestClose(engine, position, { code: 'TAKE_PROFIT', reason: 'the price is already through the target' });
  } else if (order.order.status === 'REJECTED') {
    position.targetFailures = MAX_TARGET_FAILURES;
  } else {
    syncProtection(engine, position);
  }
}
