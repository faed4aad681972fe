import type { FakeOrder } from './order.ts';
import { cancel, place } from './placing.ts';
import { Refused } from './refused.ts';
import { type ExchangeState, liveOrders, positionOf } from './state.ts';

export interface OrderKey {
  book: FakeOrder['book'];
  symbol?: string | undefined;
  id?: number | undefined;
  clientId?: string | undefined;
}

/** By id, else the newest with the client id: an id may be used again when its order is done. Throws Refused. */
export function findOrder(state: ExchangeState, { book, symbol, id, clientId }: OrderKey): FakeOrder {
  const fits = (order: FakeOrder): boolean => order.book === book && (symbol === undefined || order.symbol === symbol);
  if (id !== undefined) {
    const order = state.orders.get(id);
    if (order !== undefined && fits(order)) return order;
    throw new Refused('unknown-order');
  }
  const found = [...state.orders.values()].findLast((order) => order.clientId === clientId && fits(order));
  if (found === undefined) throw new Refused('unknown-order');
  return found;
}

export function cancelAll(state: ExchangeState, book: FakeOrder['book'], symbol?: string): FakeOrder[] {
  const orders = liveOrders(state, book, symbol);
  for (const order of orders) cancel(state, order);
  return orders;
}

/** Closes what the symbol holds at market, as the owner would by hand. */
export function closePositions(state: ExchangeState, symbol: string): void {
  for (const positionSide of ['BOTH', 'LONG', 'SHORT'] as const) {
    const { quantity } = positionOf(state, symbol, positionSide);
    if (quantity === 0) continue;
    const order = { symbol, positionSide, type: 'MARKET' as const, quantity: Math.abs(quantity) };
    const reduceOnly = positionSide === 'BOTH' ? { reduceOnly: true } : {};
    place(state, { ...order, ...reduceOnly, side: quantity > 0 ? 'SELL' : 'BUY' }, 'owner');
  }
}
