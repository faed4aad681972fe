import type { Envelope } from '@inspector/contract';
import { DELIVERIES_LIMIT } from './bounds.ts';
import type { BusPositions, Subscriber } from './bus.ts';

/** `closed`: the subscription ended before its handler took the batch. */
export type Delivery = { kind: 'acknowledged' } | { kind: 'failed'; reason: string } | { kind: 'closed' };

export interface DeliveryTerms {
  positions: BusPositions;
  redeliveryDelayMs: number;
  isClosed: () => boolean;
  /** Waits, or less when the subscription closes meanwhile. */
  pause: (ms: number) => Promise<void>;
}

/** Hands a batch to its handler, again and again up to `DELIVERIES_LIMIT` times. */
export async function deliverBatch(
  subscriber: Subscriber,
  batch: readonly Envelope[],
  { positions, redeliveryDelayMs, isClosed, pause }: DeliveryTerms,
): Promise<Delivery> {
  for (let attempt = 1; !isClosed(); attempt++) {
    try {
      await subscriber.handle(batch.slice(), positions);
      return { kind: 'acknowledged' };
    } catch (error) {
      if (attempt >= DELIVERIES_LIMIT) {
        return {
          kind: 'failed',
          reason: `${subscriber.name}: ${error instanceof Error ? error.message : String(error)}`,
        };
      }
      await pause(redeliveryDelayMs * 2 ** (attempt - 1));
    }
  }
  return { kind: 'closed' };
}
