/** What a kill would do and cost now. */

import { walkBook } from '#decisions/book-walk.ts';
import { midPrice } from '#market/valuation.ts';
import { quantityOf } from '#positions/positions.ts';
import type { Engine } from '#state/engine.ts';
import type { Position } from '#state/positions.ts';
import { positionState } from '#views/position-state.ts';
import { type KillScope, ordersInScope, positionsInScope } from './remaining.ts';

/** Orders that would be cancelled, positions that would be closed, and the cost from the live book. Changes nothing. */
export function killPreview(engine: Engine, kill: { scope: string; includeLegacy?: boolean }) {
  const scope = { scopes: [kill.scope], includeLegacy: kill.includeLegacy ?? false };
  const positions = positionsInScope(engine, scope);
  return {
    scope: kill.scope,
    includeLegacy: scope.includeLegacy,
    orders: ordersInScope(engine, scope).map((order) => ({ ...order.order, purpose: order.purpose })),
    positions: positions.map((position) => ({
      ...positionState(engine, position),
      estimatedCostUsd: closingCostUsd(engine, position),
    })),
    estimatedCostUsd: estimateCostUsd(engine, scope),
    timestamp: engine.now,
  };
}

export function estimateCostUsd(engine: Engine, kill: KillScope): number {
  let cost = 0;
  for (const position of positionsInScope(engine, kill)) cost += closingCostUsd(engine, position);
  return cost;
}

/** Quantity × distance between mid and the mean price of walking the book; past its depth at the last level. */
export function closingCostUsd(engine: Engine, position: Position): number {
  const { symbols } = engine;
  const mid = midPrice(symbols, position.symbol);
  if (Number.isNaN(mid)) return 0;
  const quantity = quantityOf(engine, position);
  const sells = position.side === 'LONG';
  const depth = symbols.depths[position.symbol]!;
  const mean = walkBook(depth, sells ? -1 : 1, quantity, Number.NaN, mid);
  if (!Number.isNaN(mean)) return quantity * Math.abs(mid - mean);
  const levels = sells ? depth.bids : depth.asks;
  const count = sells ? depth.bidCount : depth.askCount;
  const last = count > 0 ? levels[2 * (count - 1)]! : mid;
  return quantity * Math.abs(mid - last);
}
