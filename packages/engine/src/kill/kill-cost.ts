/** What a kill cost against the mid at which its closes were sent: the figure that the preview estimated. */
import type { Engine } from '#state/engine.ts';
import type { OrderState } from '#state/orders.ts';

/** Adds a fill of a KILL_SWITCH close to the incident that is running; without a book at sending it cost nothing known. */
export function noteKillCost(engine: Engine, state: OrderState, fill: { quantity: number; price: number }): void {
  const incident = engine.incidents.find((candidate) => candidate.rearmedAt === null);
  if (incident === undefined || Number.isNaN(state.price)) return;
  const direction = state.order.side === 'SELL' ? 1 : -1;
  incident.realizedCostUsd += direction * (state.price - fill.price) * fill.quantity;
}
