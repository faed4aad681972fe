import type { EquityPoint, KpiSnapshot } from '@inspector/contract';

/** Points of one account, with the account as it stands now at the end; oldest first, each second once. */
export function pointsUntilNow(
  points: readonly EquityPoint[],
  accountKey: string,
  kpi: KpiSnapshot | undefined,
): readonly EquityPoint[] {
  const own = oncePerSecond(points.filter((point) => point.accountKey === accountKey));
  const now = kpi === undefined ? undefined : pointOf(kpi, accountKey, own.at(-1)?.exposureUsd ?? null);
  const last = own.at(-1);
  if (now === undefined || (last !== undefined && now.ts - last.ts < 1_000)) return own;
  return [...own, now];
}

/** Undefined while equity is not known: the last known one is no measurement of now. */
function pointOf(kpi: KpiSnapshot, accountKey: string, exposureUsd: number | null): EquityPoint | undefined {
  if (!kpi.equityKnown || kpi.currentEquityUsd === null) return undefined;
  return {
    accountKey,
    ts: kpi.timestamp,
    equityUsd: kpi.currentEquityUsd,
    drawdownPct: kpi.currentDrawdownPct,
    dailyPnlPct: kpi.dailyPnlPct,
    dailyPnlUsd: kpi.dailyPnlUsd,
    exposureUsd,
  };
}

/** Of the points of a second the last: a chart counts seconds. */
function oncePerSecond(points: readonly EquityPoint[]): EquityPoint[] {
  const bySecond = new Map<number, EquityPoint>();
  for (const point of points) bySecond.set(Math.floor(point.ts / 1000), point);
  return [...bySecond.values()];
}

/** What a stretch of equity comes to. */
export interface EquitySummary {
  fromTs: number;
  toTs: number;
  firstUsd: number;
  lastUsd: number;
  lowestUsd: number;
  highestUsd: number;
  /** Last less first; it holds transfers too. */
  changeUsd: number;
  deepestDrawdownPct: number | null;
}

/** Undefined without points. */
export function summaryOf(points: readonly EquityPoint[]): EquitySummary | undefined {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return undefined;
  let lowestUsd = first.equityUsd;
  let highestUsd = first.equityUsd;
  let deepestDrawdownPct: number | null = null;
  for (const { equityUsd, drawdownPct } of points) {
    lowestUsd = Math.min(lowestUsd, equityUsd);
    highestUsd = Math.max(highestUsd, equityUsd);
    if (drawdownPct !== null) deepestDrawdownPct = Math.max(deepestDrawdownPct ?? 0, drawdownPct);
  }
  return {
    fromTs: first.ts,
    toTs: last.ts,
    firstUsd: first.equityUsd,
    lastUsd: last.equityUsd,
    lowestUsd,
    highestUsd,
    changeUsd: last.equityUsd - first.equityUsd,
    deepestDrawdownPct,
  };
}
