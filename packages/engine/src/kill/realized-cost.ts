/** What a kill's closes really cost, against its preview: distance of each fill from the mid at which its close went out. */
import { midPrice } from '#market/valuation.ts';
import type { Engine, Incident } from '#state/engine.ts';
import type { OrderState } from '#state/orders.ts';
import type { Position } from '#state/positions.ts';

/** Keeps the mid that the close of a position is measured by. */
export function noteReference(engine: Engine, incident: Incident, position: Position): void {
  const mid = midPrice(engine.symbols, position.symbol);
  if (!incident.references.has(position.serial) && !Number.isNaN(mid)) incident.references.set(position.serial, mid);
}

/** A part of a position was closed by an order; counted when the order is a kill's. Worse than mid is a cost. */
export function noteKillFill(engine: Engine, order: OrderState, quantity: number, price: number): void {
  if (order.closeCode !== 'KILL_SWITCH') return;
  for (const incident of engine.incidents) {
    const reference = incident.references.get(order.position);
    if (reference === undefined) continue;
    incident.realizedCostUsd += (order.order.side === 'SELL' ? 1 : -1) * (reference - price) * quantity;
  }
}
