/** Orders that are not done, by account and symbol. */
import type { Engine } from '#state/engine.ts';
import { MAX_FINISHED_ORDERS, type OrderState, remainingQuantity } from '#state/orders.ts';
import type { Position } from '#state/positions.ts';

/** More symbols than any venue lists: keeps account and symbol apart in one integer. */
const SYMBOLS_PER_ACCOUNT = 1_000_000;

export function placeOf(account: number, symbol: number): number {
  return account * SYMBOLS_PER_ACCOUNT + symbol;
}

const none: readonly OrderState[] = [];

/** Live orders of a place, oldest first. */
export function liveOrdersAt(engine: Engine, account: number, symbol: number): readonly OrderState[] {
  const ids = engine.liveOrders.get(placeOf(account, symbol));
  return ids === undefined ? none : ids.map((id) => engine.orders.get(id)!);
}

/** All live orders, oldest first, whatever the order in which their places came and went. */
export function allLiveOrders(engine: Engine): OrderState[] {
  const found: OrderState[] = [];
  for (const ids of engine.liveOrders.values()) for (const id of ids) found.push(engine.orders.get(id)!);
  return found.sort((left, right) => left.serial - right.serial);
}

/** Live orders that the engine placed for a position. */
export function ownOrdersOf(engine: Engine, position: Position, purpose?: string): OrderState[] {
  return liveOrdersAt(engine, position.account, position.symbol).filter(
    (order) => order.position === position.serial && (purpose === undefined || order.purpose === purpose),
  );
}

export function addLiveOrder(engine: Engine, order: OrderState): void {
  engine.orders.set(order.clientOrderId, order);
  const place = placeOf(order.account, order.symbol);
  const ids = engine.liveOrders.get(place);
  if (ids === undefined) engine.liveOrders.set(place, [order.clientOrderId]);
  else ids.push(order.clientOrderId);
}

/** Marks an order done; finished orders are kept for a while, to recognise late and repeated fills. */
export function finishOrder(engine: Engine, order: OrderState): void {
  if (order.phase === 'done') return;
  order.phase = 'done';
  const place = placeOf(order.account, order.symbol);
  const ids = engine.liveOrders.get(place);
  if (ids !== undefined) {
    ids.splice(ids.indexOf(order.clientOrderId), 1);
    if (ids.length === 0) engine.liveOrders.delete(place);
  }
  engine.finishedOrders.push(order.clientOrderId);
  if (engine.finishedOrders.length > MAX_FINISHED_ORDERS) forgetOldest(engine);
}

/** Dropped in bulk, so that the cost per order stays constant. */
function forgetOldest(engine: Engine): void {
  for (const id of engine.finishedOrders.splice(0, MAX_FINISHED_ORDERS / 10)) {
    const order = engine.orders.get(id);
    if (order === undefined || order.phase !== 'done') continue;
    engine.orders.delete(id);
    if (order.order.externalId !== '') engine.ordersByExternalId.delete(`${order.account}|${order.order.externalId}`);
  }
}

/** Base units that CLOSE orders on the way will still take; orders in doubt count unless told otherwise. */
export function pendingReduction(engine: Engine, position: Position, countUnknown: boolean): number {
  let pending = 0;
  for (const order of ownOrdersOf(engine, position, 'CLOSE')) {
    if (countUnknown || order.phase !== 'unknown') pending += remainingQuantity(order);
  }
  return pending;
}

/** True for an order that can only make a position smaller. */
export function isReducing(order: OrderState): boolean {
  return order.order.reduceOnly === true || order.order.closePosition === true;
}

/** True for a reduce-only stop, whoever placed it. */
export function isProtectiveStop(order: OrderState): boolean {
  return order.order.type.startsWith('STOP') && isReducing(order);
}

/** True for a reduce-only stop or target, whoever placed it. */
export function isProtective(order: OrderState): boolean {
  return isProtectiveStop(order) || (order.order.type.startsWith('TAKE_PROFIT') && isReducing(order));
}
