import type { GovernorState } from '@inspector/contract';
import type { Picture } from '@inspector/engine';

/** How an account stood at a time. Null: not known then. */
export interface EquitySample {
  /** Unix milliseconds. */
  ts: number;
  accountKey: string;
  equityUsd: number | null;
  drawdownPct: number | null;
  dailyPnlUsd: number | null;
  dailyPnlPct: number | null;
  grossNotionalUsd: number | null;
  exposurePct: number | null;
  /** Equity that does not serve as margin any more: equity less available balance, at least 0. */
  marginUsedUsd: number | null;
  openPositions: number | null;
  /** Of the whole Inspector. */
  governorAction: GovernorState['action'];
}

/** A sample of each account, at the picture's time. */
export function equitySamples(
  picture: Pick<Picture, 'timestamp' | 'accounts' | 'exposure' | 'governor'>,
): EquitySample[] {
  return Object.entries(picture.accounts).map(([accountKey, kpi]) => {
    const exposure = picture.exposure[accountKey];
    const available = exposure?.availableBalanceUsd ?? null;
    const equityUsd = kpi.currentEquityUsd;
    return {
      ts: picture.timestamp,
      accountKey,
      equityUsd,
      drawdownPct: kpi.currentDrawdownPct,
      dailyPnlUsd: kpi.dailyPnlUsd,
      dailyPnlPct: kpi.dailyPnlPct,
      grossNotionalUsd: exposure?.grossNotionalUsd ?? null,
      exposurePct: exposure?.exposurePct ?? null,
      marginUsedUsd: equityUsd === null || available === null ? null : Math.max(0, equityUsd - available),
      openPositions: exposure?.openPositions ?? null,
      governorAction: picture.governor.action,
    };
  });
}
