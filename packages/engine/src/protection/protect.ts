/**
 * Keeps one stop and one target at the venue for a runtime position, of its whole quantity (semantics 5.5). Called after
 * every change; it compares what is wanted with the orders on the way and sends what is missing. The new order goes out
 * first, the old one is cancelled when the new one works.
 */
import { record, shown } from '#audit/record.ts';
import { isSame, reaches } from '#number/compare.ts';
import { cancelOrder } from '#orders/cancel.ts';
import { ownOrdersOf, pendingReduction } from '#orders/live-orders.ts';
import { placeOrder } from '#orders/place.ts';
import { directionOf, quantityOf, settingsOf } from '#positions/positions.ts';
import type { Engine } from '#state/engine.ts';
import { type OrderState, remainingQuantity } from '#state/orders.ts';
import type { Position } from '#state/positions.ts';
import { armTimer, timerKinds } from '#state/timers.ts';
import { updateNaked } from './naked.ts';
import { venueStopPrice, venueTargetPrice } from './stop-price.ts';

/** A target that was lost so often, or refused once, is watched in software instead. */
export const MAX_TARGET_FAILURES = 3;

export function syncProtection(engine: Engine, position: Position): void {
  if (position.ownership !== 'runtime' || position.status === 'closed') return;
  updateNaked(engine, position);
  if (!isBeingClosed(engine, position)) {
    syncStop(engine, position);
    syncTarget(engine, position);
  }
  noteNextMove(engine, position);
}

/**
 * True while CLOSE orders on the way take all of it: its stops stay until it is flat, but need no care. Also from when a
 * close that clears its way has gone out until it is flat: a new stop would only stand in the way of the next try.
 */
export function isBeingClosed(engine: Engine, position: Position): boolean {
  const { close } = position;
  const isWhole = close?.quantity === Number.POSITIVE_INFINITY;
  if (close?.clearsWay === true && isWhole && Number.isNaN(close.deferredUntil)) return true;
  return reaches(pendingReduction(engine, position, false), quantityOf(engine, position));
}

export function newestOf(orders: readonly OrderState[]): OrderState | undefined {
  let newest: OrderState | undefined;
  for (const order of orders) {
    if (!order.cancelRequested && (newest === undefined || order.version > newest.version)) newest = order;
  }
  return newest;
}

function syncStop(engine: Engine, position: Position): void {
  const wanted = venueStopPrice(engine, position);
  if (Number.isNaN(wanted) || isDust(engine, position)) return;
  const newest = newestOf(ownOrdersOf(engine, position, 'STOP'));
  if (newest === undefined) {
    if (Number.isNaN(position.protectionRetryDue)) placeStop(engine, position);
    return;
  }
  if (newest.phase === 'unknown') return;
  if (!isSame(remainingQuantity(newest), quantityOf(engine, position))) {
    if (Number.isNaN(position.protectionRetryDue)) placeStop(engine, position);
    return;
  }
  const gain = directionOf(position.side) * (wanted - newest.order.stopPrice!);
  const isLoosenedByForce = position.stopLoosened && gain < 0 && !isSame(wanted, newest.order.stopPrice!);
  if (!isLoosenedByForce && !isTickOrMore(engine, position, gain)) return;
  const earliest = position.lastStopAt + settingsOf(engine, position).replaceMinMs;
  if (engine.now >= earliest && Number.isNaN(position.protectionRetryDue)) placeStop(engine, position);
  else armReplace(engine, position, earliest);
}

function isTickOrMore(engine: Engine, position: Position, gain: number): boolean {
  const tick = engine.symbols.specs[position.symbol]?.tickSize ?? 0;
  return gain > 0 && reaches(gain, tick * (1 - 1e-6));
}

function armReplace(engine: Engine, position: Position, due: number): void {
  if (position.replaceDue === due || !(due > engine.now)) return;
  position.replaceDue = due;
  armTimer(engine.timers, timerKinds.replaceStop, position.serial, due);
}

export function onReplaceTimer(engine: Engine, serial: number, due: number): void {
  const position = engine.positions.get(serial);
  if (position === undefined || position.replaceDue !== due) return;
  position.replaceDue = Number.NaN;
  syncProtection(engine, position);
}

/** Sends a new version of the stop for the whole quantity. */
export function placeStop(engine: Engine, position: Position): void {
  const { triggerBy } = settingsOf(engine, position);
  position.lastStopAt = engine.now;
  placeOrder(engine, {
    account: position.account,
    symbol: position.symbol,
    purpose: 'STOP',
    side: position.side === 'LONG' ? 'SELL' : 'BUY',
    type: 'STOP_MARKET',
    quantity: quantityOf(engine, position),
    stopPrice: venueStopPrice(engine, position),
    triggerBy,
    reduceOnly: true,
    position,
    requestId: position.requestIds[0] ?? null,
    detectorSysname: position.detectorSysname,
    traceId: position.traceId,
    stopKind: position.stopKind,
  });
}

function syncTarget(engine: Engine, position: Position): void {
  // On spot a target would bind what the stop has to sell: it is watched in software (semantics 7).
  const wanted = isSpot(engine, position) ? Number.NaN : venueTargetPrice(engine, position);
  const newest = newestOf(ownOrdersOf(engine, position, 'TARGET'));
  if (Number.isNaN(wanted)) {
    // The mode changed to trailing: what stands at the venue would end the trail before it began.
    if (newest !== undefined) cancelOrder(engine, newest);
    return;
  }
  if (isDust(engine, position)) return;
  if (newest === undefined) {
    if (position.targetFailures < MAX_TARGET_FAILURES) placeTarget(engine, position, wanted);
    return;
  }
  if (newest.phase === 'unknown') return;
  const isRightSize = isSame(remainingQuantity(newest), quantityOf(engine, position));
  if (!isRightSize || !isSame(newest.order.stopPrice!, wanted)) placeTarget(engine, position, wanted);
}

export function isSpot(engine: Engine, position: Position): boolean {
  return engine.accounts[position.account]!.marketType === 'spot';
}

function placeTarget(engine: Engine, position: Position, stopPrice: number): void {
  placeOrder(engine, {
    account: position.account,
    symbol: position.symbol,
    purpose: 'TARGET',
    side: position.side === 'LONG' ? 'SELL' : 'BUY',
    type: 'TAKE_PROFIT_MARKET',
    quantity: quantityOf(engine, position),
    stopPrice,
    triggerBy: settingsOf(engine, position).triggerBy,
    reduceOnly: true,
    position,
    requestId: position.requestIds[0] ?? null,
    detectorSysname: position.detectorSysname,
    traceId: position.traceId,
  });
}

/** The tick path calls back only when the exact stop has passed what the newest order stands for. */
function noteNextMove(engine: Engine, position: Position): void {
  const newest = newestOf(ownOrdersOf(engine, position, 'STOP'));
  const waits = !Number.isNaN(position.replaceDue);
  engine.table.nextMove[position.slot] = waits ? Number.NaN : (newest?.order.stopPrice ?? Number.NaN);
}

/** Less than the venue takes in an order: watched by the software stop and reported once (semantics 5.9). */
export function isDust(engine: Engine, position: Position): boolean {
  const spec = engine.symbols.specs[position.symbol];
  if (spec == null) return false;
  const quantity = quantityOf(engine, position);
  const isSmall = quantity > 0 && quantity < spec.minQuantity && !isSame(quantity, spec.minQuantity);
  if (isSmall && !position.dustReported) reportDust(engine, position, quantity, spec.minQuantity);
  return isSmall;
}

function reportDust(engine: Engine, position: Position, quantity: number, minimum: number): void {
  position.dustReported = true;
  const price = venueStopPrice(engine, position);
  recordProtection(engine, 'PROTECTION_FAILED', position, {
    code: 'STOP',
    severity: 'warn',
    message: `${shown(quantity)} of ${engine.symbols.names[position.symbol]} is under the venue's minimum of ${shown(minimum)}: watched by the software stop.`,
    data: { price: Number.isNaN(price) ? null : price, quantity, clientOrderId: '', reason: 'MIN_SIZE' },
  });
}

interface ProtectionContent {
  code: 'STOP' | 'TARGET';
  severity?: 'info' | 'warn' | 'critical';
  message: string;
  data: Record<string, unknown>;
  orderId?: string;
}

type ProtectionKind = 'PROTECTION_PLACED' | 'PROTECTION_MOVED' | 'PROTECTION_CANCELLED' | 'PROTECTION_FAILED';

export function recordProtection(
  engine: Engine,
  kind: ProtectionKind,
  position: Position,
  content: ProtectionContent,
): void {
  record(engine, kind, {
    ...content,
    accountKey: engine.accounts[position.account]!.key,
    symbol: engine.symbols.names[position.symbol]!,
    positionId: position.positionId,
    requestId: position.requestIds[0],
    detectorSysname: position.detectorSysname,
    traceId: position.traceId,
  });
}
