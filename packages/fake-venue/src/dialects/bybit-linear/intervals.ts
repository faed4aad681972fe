import { MINUTE_MS } from '#exchange/symbol-market.ts';

const NAMED: Record<string, number> = { D: 1440, W: 10_080, M: 43_200 };
const MINUTES = new Set(['1', '3', '5', '15', '30', '60', '120', '240', '360', '720']);

/** Length of an interval such as 15 or D, in milliseconds; undefined for one that is not known. A month has 30 days. */
export function intervalMs(interval: string): number | undefined {
  const minutes = MINUTES.has(interval) ? Number(interval) : NAMED[interval];
  return minutes === undefined ? undefined : minutes * MINUTE_MS;
}
