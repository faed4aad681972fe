import { defaultOptions, type EquityPoint } from '@inspector/contract';
import type { Picture } from '@inspector/engine';
import { quietKpi, quietPicture } from '../../http/test-inspector.ts';

export const ACCOUNT = 'paper:futures';

export const pointAt = (ts: number, given: Partial<EquityPoint> = {}): EquityPoint => ({
  accountKey: ACCOUNT,
  ts,
  equityUsd: 10_000,
  drawdownPct: 0,
  dailyPnlPct: 0,
  dailyPnlUsd: 0,
  exposureUsd: 0,
  ...given,
});

/** A picture of accounts by their equity; null: it is not known, 10,000 was the last. */
export function pictureAt(timestamp: number, equities: Readonly<Record<string, number | null>>): Picture {
  const accounts = Object.entries(equities).map(([key, equity]) => {
    return [key, { ...quietKpi, currentEquityUsd: equity ?? 10_000, equityKnown: equity !== null }] as const;
  });
  return { ...quietPicture(), options: defaultOptions, timestamp, accounts: Object.fromEntries(accounts) };
}
