import type { Order } from '@inspector/contract';

/**
 * An order and what the exchange does with it: `working` trades, `delayed` waits for `dueAt`, `taking` is the rest of a
 * market order that a fault left over, `inert` only looks as if it worked, `lost` is known to nobody but its sender.
 */
export interface PaperOrder {
  order: Order;
  /** The order as sent, for telling a repetition from another order of the same id. */
  body: string;
  condition: 'working' | 'delayed' | 'taking' | 'inert' | 'lost';
  /** When a delayed order reaches the market; 0 for the rest. */
  dueAt: number;
}

/** The fields that make two orders the same order. Who sends it, and in which epoch, does not. */
export const bodyOf = (order: Order): string =>
  JSON.stringify([
    order.symbol.name,
    order.side,
    order.type,
    order.quantity,
    order.price ?? null,
    order.stopPrice ?? null,
    order.triggerBy ?? null,
    order.leverage ?? null,
    order.reduceOnly ?? false,
    order.closePosition ?? false,
  ]);

/** Whether the venue shows the order to who asks. */
export const isVisible = (entry: PaperOrder): boolean => entry.condition !== 'lost' && entry.condition !== 'delayed';

export const remainingOf = (order: Order): number => order.quantity - order.quantityExecuted;
