import type { EventBusLatency } from '@inspector/contract';
import { LATENCY_SAMPLES } from './bounds.ts';

/** How long events took from their publishing to their receipt, by type. */
export interface BusLatency {
  /** Negative when the publisher's clock is ahead; counted as 0. */
  note(type: string, ms: number): void;
  byType(): EventBusLatency['byType'];
}

interface Samples {
  count: number;
  lastMs: Float64Array;
}

/** Types are those of the contract, so this holds some twenty arrays of `LATENCY_SAMPLES`. */
export function createBusLatency(): BusLatency {
  const samples = new Map<string, Samples>();
  return {
    note(type, ms) {
      let ofType = samples.get(type);
      if (ofType === undefined) {
        ofType = { count: 0, lastMs: new Float64Array(LATENCY_SAMPLES) };
        samples.set(type, ofType);
      }
      ofType.lastMs[ofType.count % LATENCY_SAMPLES] = Math.max(0, ms);
      ofType.count += 1;
    },
    byType: () => Object.fromEntries(Array.from(samples, ([type, ofType]) => [type, figuresOf(ofType)])),
  };
}

function figuresOf({ count, lastMs }: Samples): EventBusLatency['byType'][string] {
  const sorted = lastMs.slice(0, Math.min(count, LATENCY_SAMPLES)).sort();
  return { count, p50Ms: rank(sorted, 0.5), p99Ms: rank(sorted, 0.99), maxMs: sorted.at(-1) ?? null };
}

/** The smallest sample that at least `share` of them do not exceed. */
const rank = (sorted: Float64Array, share: number): number | null =>
  sorted.at(Math.max(0, Math.ceil(share * sorted.length) - 1)) ?? null;
