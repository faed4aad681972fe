import type { EquityPoint, KpiSnapshot } from '@inspector/contract';
import { formatWhen } from '#words/format.ts';
import type { EquitySummary } from './equity-points.ts';
import { type EquityRange, equityFrom, rangeNames } from './equity-range.ts';

/** Later than the start of a range by less, a first point still stands for it: points are kept when equity changes. */
const LATE_MS = 3_600_000;

/** Below a cent two amounts are the same one. */
const CENT = 0.01;

type Day = Pick<KpiSnapshot, 'dayStartEquityUsd'> | undefined;

/** What a summary is of: `over the running trading day`, or since when, where points are kept only from later on. */
export function stretchWords(range: EquityRange, summary: EquitySummary | undefined, day: Day): string {
  const whole = `over ${rangeNames[range].sentence}`;
  return summary === undefined || coversRange(range, summary, day) ? whole : `since ${formatWhen(summary.fromTs)}`;
}

function coversRange(range: EquityRange, { fromTs, toTs, firstUsd }: EquitySummary, day: Day): boolean {
  const start = equityFrom(range, toTs);
  if (start !== undefined) return start === 0 || fromTs - start <= LATE_MS;
  // When the trading day began only the server knows, and with what: the figures agree when the first point is that.
  const dayStartUsd = day?.dayStartEquityUsd ?? null;
  return dayStartUsd === null || Math.abs(firstUsd - dayStartUsd) < CENT;
}

/**
 * The highest equity of a stretch: the account's peak where it rose since the first point, because a peak between two
 * kept points is in neither. A peak from before is none of this stretch.
 */
export function highestOf(
  summary: EquitySummary,
  first: Pick<EquityPoint, 'equityUsd' | 'drawdownPct'>,
  peakUsd: number | null | undefined,
): number {
  if (peakUsd == null || first.drawdownPct === null || first.drawdownPct >= 100) return summary.highestUsd;
  const peakThenUsd = first.equityUsd / (1 - first.drawdownPct / 100);
  return peakUsd > peakThenUsd + CENT ? Math.max(summary.highestUsd, peakUsd) : summary.highestUsd;
}
