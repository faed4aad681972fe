import type { AccountExposure, KpiSnapshot } from '@inspector/contract';
import type { ReconciliationState } from '@inspector/engine';
import type { Reading } from '@inspector/service';
import type { MetricState } from './metric-sources.ts';

type AccountReading = Reading<readonly ['account_key']>;
type Value = number | null | undefined;

/** Percent as a ratio. */
export const ratio = (percent: Value): Value => (typeof percent === 'number' ? percent / 100 : percent);

export const flag = (on: boolean): number => (on ? 1 : 0);

const ofKpi =
  (value: (kpi: KpiSnapshot) => Value) =>
  ({ parts }: MetricState): AccountReading[] =>
    Object.entries(parts.picture.accounts).map(([key, kpi]) => [[key], value(kpi)]);

const ofExposure =
  (value: (exposure: AccountExposure) => Value) =>
  ({ parts }: MetricState): AccountReading[] =>
    Object.entries(parts.picture.exposure).map(([key, exposure]) => [[key], value(exposure)]);

const ofReconciliation =
  (value: (state: ReconciliationState) => Value) =>
  ({ parts }: MetricState): AccountReading[] =>
    parts.picture.reconciliation.map((state) => [[state.accountKey], value(state)]);

/** Of each account: equity, result, exposure, and whether it agrees with the venue. */
export const accountReaders = {
  inspector_account_equity_known: ofKpi((kpi) => flag(kpi.equityKnown)),
  inspector_account_equity_usd: ofKpi((kpi) => kpi.currentEquityUsd),
  inspector_account_equity_peak_usd: ofKpi((kpi) => kpi.equityPeakUsd),
  inspector_account_wallet_balance_usd: ofExposure((exposure) => exposure.walletBalanceUsd),
  inspector_account_available_balance_usd: ofExposure((exposure) => exposure.availableBalanceUsd),
  inspector_account_margin_ratio: ofExposure((exposure) => exposure.marginRatio),
  inspector_account_drawdown_ratio: ofKpi((kpi) => ratio(kpi.currentDrawdownPct)),
  inspector_account_drawdown_max_ratio: ofKpi((kpi) => ratio(kpi.maxDrawdownPct)),
  inspector_account_daily_pnl_usd: ofKpi((kpi) => kpi.dailyPnlUsd),
  inspector_account_daily_pnl_ratio: ofKpi((kpi) => ratio(kpi.dailyPnlPct)),
  inspector_account_exposure_gross_usd: ofExposure((exposure) => exposure.grossNotionalUsd),
  inspector_account_exposure_net_usd: ofExposure((exposure) => exposure.netNotionalUsd),
  inspector_account_exposure_ratio: ofExposure((exposure) => ratio(exposure.exposurePct)),
  inspector_account_exposure_limit_ratio: ofExposure(({ maxExposurePct }) =>
    maxExposurePct > 0 ? ratio(maxExposurePct) : null,
  ),
  inspector_account_positions: ofExposure((exposure) => exposure.openPositions),
  inspector_account_closed_trades: ofKpi((kpi) => kpi.closedTrades),
  inspector_account_losing_trades: ofKpi((kpi) => kpi.losses),
  inspector_account_consecutive_losses: ofKpi((kpi) => kpi.consecutiveLosses),
  inspector_account_stress: ofKpi((kpi) => flag(kpi.stressModeActive)),
  inspector_account_reconciled: ofReconciliation((state) => flag(state.reconciled)),
  inspector_account_stream_gap: ofReconciliation((state) => flag(state.streamGap)),
  inspector_account_differences: ofReconciliation((state) => state.differences.length),
};
