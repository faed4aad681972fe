/** What of an incident's scope is still there: positions that it closes, and orders that it cancels (semantics 6). */
import { covers } from '#limits/scope.ts';
import { allLiveOrders, isReducing } from '#orders/live-orders.ts';
import { quantityOf } from '#positions/positions.ts';
import { isDust } from '#protection/protect.ts';
import type { Engine } from '#state/engine.ts';
import type { OrderState } from '#state/orders.ts';
import type { Position } from '#state/positions.ts';

export interface KillScope {
  scopes: readonly string[];
  includeLegacy: boolean;
}

export function isPositionInScope(engine: Engine, position: Position, kill: KillScope): boolean {
  if (position.status === 'closed') return false;
  if (position.ownership === 'legacy' && !kill.includeLegacy) return false;
  return kill.scopes.some((scope) => covers(scope, subjectOfPosition(engine, position)));
}

export function subjectOfPosition(engine: Engine, position: Position) {
  return {
    accountKey: engine.accounts[position.account]!.key,
    symbolKey: engine.symbols.keys[position.symbol]!,
    side: position.side,
    detectorSysname: position.detectorSysname,
  };
}

export function positionsInScope(engine: Engine, kill: KillScope): Position[] {
  return [...engine.positions.values()].filter((position) => isPositionInScope(engine, position, kill));
}

/** Positions that still count against flatness: dust that the venue refuses to close is listed, not counted. */
export function countedPositions(engine: Engine, kill: KillScope): Position[] {
  return positionsInScope(engine, kill).filter(
    (position) =>
      quantityOf(engine, position) > 0 &&
      !(isDust(engine, position) && position.close !== null && position.close.failures > 0),
  );
}

/** Orders in scope that the kill cancels: all that can open, whoever placed them, and those of positions it closes. */
export function ordersInScope(engine: Engine, kill: KillScope): OrderState[] {
  return allLiveOrders(engine).filter((order) => isOrderInScope(engine, order, kill) && !isMoot(engine, order));
}

/**
 * An own order in doubt that could only have reduced a position which is gone: it can do nothing any more, wherever it is.
 * Should the venue show it among the open ones, it is in doubt no longer.
 */
function isMoot(engine: Engine, order: OrderState): boolean {
  if (!order.own || order.phase !== 'unknown' || !isReducing(order)) return false;
  const position = engine.positions.get(order.position);
  return position === undefined || position.status === 'closed';
}

/** Client ids of the open orders that the venue showed; null when it spoke of none. */
export type OpenOrders = ReadonlySet<string> | null;

/**
 * True for an order that the venue shows to be gone: it worked and is not among the open ones. Where the venue shows no
 * orders at all and is never asked, a snapshot is all there is, and an order whose cancel was sent counts as gone.
 */
export function isGone(order: OrderState, openOrders: OpenOrders): boolean {
  if (openOrders === null) return order.cancelRequested;
  return order.phase === 'working' && !openOrders.has(order.clientOrderId);
}

function isOrderInScope(engine: Engine, order: OrderState, kill: KillScope): boolean {
  const serial = engine.accounts[order.account]!.positions.get(order.symbol);
  const position = serial === undefined ? undefined : engine.positions.get(serial);
  const subject = {
    accountKey: engine.accounts[order.account]!.key,
    symbolKey: engine.symbols.keys[order.symbol]!,
    side: order.order.side === 'BUY' ? ('LONG' as const) : ('SHORT' as const),
    detectorSysname: order.detectorSysname,
  };
  const isOfClosed = position !== undefined && isPositionInScope(engine, position, kill);
  if (!kill.scopes.some((scope) => covers(scope, subject))) {
    return isOfClosed && order.position === position.serial;
  }
  if (order.own) return true;
  // Next to a legacy position that is left alone, only Inspector's own orders are touched.
  if (position?.ownership === 'legacy' && !kill.includeLegacy) return false;
  return !isReducing(order) || isOfClosed;
}
