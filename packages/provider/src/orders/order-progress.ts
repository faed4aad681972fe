import { isFinalStatus, type Order } from '@inspector/contract';

/**
 * What is known of an order after the venue told more of it; undefined when that is older than what is known: a late
 * message must not bring an order back to life, nor take back what it filled. Ids and sender stay those of the first.
 */
export function progressed(known: Order, told: Partial<Order>): Order | undefined {
  if (known.status !== 'UNKNOWN') {
    if (isFinalStatus(known.status) && !isFinalStatus(told.status ?? 'NEW')) return undefined;
    if (told.status === 'UNKNOWN') return undefined;
  }
  if ((told.quantityExecuted ?? 0) < known.quantityExecuted) return undefined;
  const { clientOrderId, id, source, epoch } = known;
  return { ...known, ...told, clientOrderId, id, source, ...(epoch === undefined ? {} : { epoch }) };
}
