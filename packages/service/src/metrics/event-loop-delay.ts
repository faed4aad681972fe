import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Reading } from './metric-readers.ts';

/** Milliseconds between two looks at the event loop: shorter delays are not seen. */
const RESOLUTION_MS = 10;
const QUANTILES = [0.5, 0.99, 1] as const;

export interface EventLoopDelay {
  /** Seconds by quantile since the last call, nothing when it was just now. */
  take(): Reading<readonly ['quantile']>[];
  stop(): void;
}

/** Its own window for each service: a scrape of the one does not hide a delay from the scraper of the other. */
export function createEventLoopDelay(): EventLoopDelay {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  return {
    take() {
      if (delays.count === 0) return [];
      const readings = QUANTILES.map((quantile) => {
        const nanoseconds = quantile === 1 ? delays.max : delays.percentile(100 * quantile);
        return [[String(quantile)], nanoseconds / 1e9] as const;
      });
      delays.reset();
      return readings;
    },
    stop: () => void delays.disable(),
  };
}
