import type { Order } from '@inspector/contract';

/** Callers that wait for the stream to tell of an order; each gives up after its own time. */
export interface NewsWaiting {
  tell(order: Order): void;
  /** The next news of the order, or undefined when none comes in time. */
  next(clientOrderId: string, withinMs: number): Promise<Order | undefined>;
}

export function createNewsWaiting(): NewsWaiting {
  const waiting = new Map<string, Set<(order: Order) => void>>();
  return {
    tell(order) {
      const waiters = waiting.get(order.clientOrderId);
      waiting.delete(order.clientOrderId);
      for (const resolve of waiters ?? []) resolve(order);
    },
    next(clientOrderId, withinMs) {
      return new Promise((resolve) => {
        const waiters = waiting.get(clientOrderId) ?? new Set();
        waiting.set(clientOrderId, waiters);
        const timer = setTimeout(() => {
          waiters.delete(take);
          if (waiters.size === 0 && waiting.get(clientOrderId) === waiters) waiting.delete(clientOrderId);
          resolve(undefined);
        }, withinMs);
        const take = (order: Order): void => {
          clearTimeout(timer);
          resolve(order);
        };
        waiters.add(take);
      });
    },
  };
}
