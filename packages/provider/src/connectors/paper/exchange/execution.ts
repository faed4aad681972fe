import type { Order } from '@inspector/contract';
import { addQuantity, reachesUp } from './amounts.ts';

export interface Execution {
  quantity: number;
  price: number;
  fee: number;
}

/** Adds a fill to an order: cumulative quantity and fee, mean price, status. Answers whether that was all of it. */
export function execute(order: Order, { quantity, price, fee }: Execution, now: number): boolean {
  const executed = addQuantity(order.quantityExecuted, quantity);
  const cost = order.priceExecuted * order.quantityExecuted + price * quantity;
  order.priceExecuted = order.quantityExecuted === 0 || order.priceExecuted === price ? price : cost / executed;
  order.quantityExecuted = executed;
  order.fee = (order.fee ?? 0) + fee;
  order.updateTime = now;
  const isWhole = reachesUp(executed, order.quantity);
  order.status = isWhole ? 'FILLED' : 'PARTIALLY_FILLED';
  return isWhole;
}
