import type { Envelope } from '@inspector/contract';
import { LATENCY_SAMPLES } from '../bounds.ts';
import { SAMPLES_PENDING } from './bounds.ts';

/** From publish to acknowledgement: exact for what this process published, else by the event's own timestamp. */
export interface LatencySamples {
  published(eventId: string): void;
  acknowledged(envelope: Envelope): void;
  recent(): number[];
}

export function createLatencySamples(): LatencySamples {
  const publishedAt = new Map<string, number>();
  const samples: number[] = [];
  let sampled = 0;
  return {
    published(eventId) {
      // The oldest were read by nobody here.
      if (publishedAt.size >= SAMPLES_PENDING)
        for (const oldest of publishedAt.keys()) {
          publishedAt.delete(oldest);
          break;
        }
      publishedAt.set(eventId, performance.now());
    },
    acknowledged({ eventId, timestamp }) {
      const since = publishedAt.get(eventId);
      const ms = since === undefined ? Date.now() - timestamp : performance.now() - since;
      samples[sampled++ % LATENCY_SAMPLES] = Math.max(0, ms); // another machine's clock may be ahead
    },
    recent: () => samples.slice(),
  };
}
