import type { NewOrder, Order } from '@inspector/contract';

/**
 * The fields that make two orders the same order: what is asked of the venue and by whom. Not its times, ids, progress or
 * epoch: an instance that took over sends the same order again in an epoch of its own.
 */
export const orderBody = (order: Order | NewOrder): string =>
  JSON.stringify([
    order.connectorType,
    order.marketType,
    order.accountId ?? null,
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
    order.source?.type ?? null,
    order.source?.key ?? null,
  ]);
