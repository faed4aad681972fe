import type { EquitySample } from './equity-sample.ts';
import { microsOf, numberField, row, textField, wholeField } from './line-protocol.ts';
import { equityTable } from './tables.ts';

/** Undefined when QuestDB has no such time. */
export function equityRow(sample: EquitySample, appKey: string): string | undefined {
  const micros = microsOf(sample.ts);
  if (micros === undefined) return undefined;
  const fields =
    textField('app_key', appKey) +
    textField('account_key', sample.accountKey) +
    numberField('equity_usd', sample.equityUsd) +
    numberField('drawdown_pct', sample.drawdownPct) +
    numberField('daily_pnl_usd', sample.dailyPnlUsd) +
    numberField('daily_pnl_pct', sample.dailyPnlPct) +
    numberField('gross_notional_usd', sample.grossNotionalUsd) +
    numberField('exposure_pct', sample.exposurePct) +
    numberField('margin_used_usd', sample.marginUsedUsd) +
    wholeField('open_positions', sample.openPositions) +
    textField('governor_action', sample.governorAction);
  return row(equityTable.name, fields, micros);
}
