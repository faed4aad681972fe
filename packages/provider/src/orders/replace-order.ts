import { hash } from 'node:crypto';
import type { NewOrder, Order } from '@inspector/contract';
import type { OrderGateway, PlaceOutcome } from './order-gateway.ts';

/** What of an order is to be different. */
export interface OrderChange {
  quantity?: number;
  price?: number;
  stopPrice?: number;
  epoch?: number;
}

export type Replaced =
  | { kind: 'placed'; outcome: PlaceOutcome }
  | { kind: 'ended' }
  | { kind: 'unknown'; message: string };

/**
 * Puts a changed order in the place of a working one. A reduce-only order is placed before the old one is cancelled, so
 * that a position is never without its stop; any other only after, so that an entry is never there twice. A repeated
 * request gives the same client id, so it makes no second order.
 */
export async function replaceOrder(gateway: OrderGateway, order: Order, change: OrderChange): Promise<Replaced> {
  const next = changed(order, change);
  if (order.reduceOnly === true || order.closePosition === true) {
    const outcome = await gateway.place(next);
    if (outcome.outcome !== 'accepted') return { kind: 'placed', outcome };
    await gateway.cancel(order, { clientOrderId: order.clientOrderId });
    return { kind: 'placed', outcome };
  }
  const canceled = await gateway.cancel(order, { clientOrderId: order.clientOrderId });
  if (canceled.outcome === 'unknown') return { kind: 'unknown', message: canceled.message };
  if (canceled.outcome === 'not-found' || canceled.order.status !== 'CANCELED') return { kind: 'ended' };
  // What filled before the cancel counts: the whole order never exceeds the quantity that was asked for.
  const rest = next.quantity - canceled.order.quantityExecuted;
  if (rest <= 0) return { kind: 'ended' };
  return { kind: 'placed', outcome: await gateway.place({ ...next, quantity: rest }) };
}

function changed(order: Order, change: OrderChange): NewOrder {
  const { symbol, side, type, connectorType, marketType, source, ...rest } = order;
  const { accountId, price, stopPrice, triggerBy, leverage, reduceOnly, closePosition, epoch } = rest;
  const terms = { accountId, price, stopPrice, triggerBy, leverage, reduceOnly, closePosition, epoch, ...change };
  const given = Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined));
  const clientOrderId = `r${hash('sha256', JSON.stringify([order.clientOrderId, change])).slice(0, 31)}`;
  return { connectorType, marketType, symbol, side, type, source, quantity: order.quantity, ...given, clientOrderId };
}
