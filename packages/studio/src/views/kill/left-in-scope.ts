import type { KillPreviewResponse } from '@inspector/contract';

export type LeftPosition = KillPreviewResponse['positions'][number];
export type LeftOrder = KillPreviewResponse['orders'][number];

export interface LeftInScope {
  positions: readonly LeftPosition[];
  orders: readonly LeftOrder[];
}

/** What is left of several scopes, each once: scopes of a kill that was widened overlap. */
export function joinLeft(previews: readonly LeftInScope[]): LeftInScope {
  const positions = new Map(previews.flatMap((preview) => preview.positions.map((each) => [each.positionId, each])));
  const orders = new Map(previews.flatMap((preview) => preview.orders.map((each) => [each.clientOrderId, each])));
  return { positions: [...positions.values()], orders: [...orders.values()] };
}
