import type { NewOrder, VenuePosition } from '@inspector/contract';

/** A closing request: a new order whose type and quantity may be left out. */
export type ClosingRequest = Omit<NewOrder, 'type' | 'quantity'> & { type?: string; quantity?: number };

/**
 * The reduce-only market order that closes a position, or undefined when there is none that `side` would reduce. Without
 * a quantity all of it; more than is there is cut to it.
 */
export function closingOrder(request: ClosingRequest, positions: readonly VenuePosition[]): NewOrder | undefined {
  const held = request.side === 'SELL' ? 'LONG' : 'SHORT';
  const position = positions.find(
    ({ symbol, side, quantity }) => symbol === request.symbol.name && side === held && quantity > 0,
  );
  if (position === undefined) return undefined;
  const { price: _price, stopPrice: _stopPrice, triggerBy: _triggerBy, ...rest } = request;
  return {
    ...rest,
    type: 'MARKET',
    quantity: Math.min(request.quantity ?? position.quantity, position.quantity),
    reduceOnly: true,
  };
}
