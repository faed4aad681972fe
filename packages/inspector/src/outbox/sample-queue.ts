import { equityRow } from './equity-row.ts';
import type { EquitySample } from './equity-sample.ts';
import type { Piece } from './next-batch.ts';

/** Samples that wait for QuestDB at most: an hour of ten accounts at one in 4 s. Past it the oldest are dropped. */
const SAMPLES_KEPT = 10_000;
/** Samples of one request. */
const SAMPLES_PER_WRITE = 1_000;

/** Samples on their way; there is nothing behind them, so what is dropped is gone. */
export interface SampleQueue {
  /** Dropped, because the queue was full or QuestDB refused them. */
  dropped: number;
  readonly isEmpty: boolean;
  add(samples: readonly EquitySample[]): void;
  /** The oldest, which are then no longer in the queue; undefined when it is empty. */
  take(): SampleBatch | undefined;
}

export interface SampleBatch {
  pieces: readonly Piece[];
  body: Buffer;
}

export function createSampleQueue(appKey: string): SampleQueue {
  let rows: string[] = [];
  const queue: SampleQueue = {
    dropped: 0,
    get isEmpty() {
      return rows.length === 0;
    },
    add(samples) {
      for (const sample of samples) {
        const text = equityRow(sample, appKey);
        if (text === undefined) queue.dropped += 1;
        else rows.push(text);
      }
      const over = rows.length - SAMPLES_KEPT;
      if (over <= 0) return;
      rows = rows.slice(over);
      queue.dropped += over;
    },
    take() {
      if (rows.length === 0) return undefined;
      const taken = rows.slice(0, SAMPLES_PER_WRITE);
      rows = rows.slice(SAMPLES_PER_WRITE);
      return {
        pieces: taken.map((text) => ({ text, source: text, seq: 0 })),
        body: Buffer.from(taken.join('')),
      };
    },
  };
  return queue;
}
