import type { AccountExposure, DecisionCode, HeadroomEntry, KpiSnapshot, Options } from '@inspector/contract';
import { watchedLimits } from '@inspector/contract/codes';
import { formatInUnit, formatMoney, formatNumber, formatPercent } from './format.ts';
import { limitOptions } from './limit-options.ts';

/** The option that sets a limit, as `group.field`; null for a code that no option sets. */
export const optionOfCode = (code: string): string | null =>
  (Object.hasOwn(limitOptions, code) ? limitOptions[code as DecisionCode][0] : undefined) ?? null;

/** The policy that says what a watched limit does and until when; null for one that only refuses entries. */
export const policyOfCode = (code: string): string | null =>
  Object.entries(watchedLimits).find(([, limit]) => limit.code === code)?.[0] ?? null;

/** `riskManagement.maxDailyLossPercent` of the options; undefined when there is no such field. */
export const optionAt = (options: Options, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], options);

export interface LimitContext {
  kpi: KpiSnapshot | undefined;
  exposure: AccountExposure | undefined;
}

/** How the reading of a limit comes about, in a sentence with its figures. */
export function limitArithmetic(entry: HeadroomEntry, { kpi, exposure }: LimitContext): string {
  const { code, observed, limit, unit, distance } = entry;
  if (observed === null) return 'The reading is not known now: an input that it needs is missing or stale.';
  const left = distance === null ? '' : ` ${leftWords(distance, unit)}`;
  switch (code) {
    case 'DAILY_LOSS':
    case 'DAILY_PROFIT':
      return kpi === undefined
        ? plain(entry)
        : `${dayWords(kpi, code)} the limit is ${formatNumber(limit)} %${atLimit(limit, kpi.dayStartEquityUsd)}.${left}`;
    case 'DRAWDOWN':
      if (kpi?.equityPeakUsd == null || kpi.currentEquityUsd == null) return plain(entry);
      return `Peak ${usd(kpi.equityPeakUsd)} less equity ${usd(kpi.currentEquityUsd)} is ${usd(kpi.equityPeakUsd - kpi.currentEquityUsd)}, ${formatPercent(observed)} % of the peak; the limit is ${formatNumber(limit)} %${atLimit(limit, kpi.equityPeakUsd)}.${left}`;
    case 'PORTFOLIO_EXPOSURE':
      if (exposure?.equityUsd == null) return plain(entry);
      return `Open ${usd(exposure.grossNotionalUsd)} and reserved ${usd(exposure.reservedNotionalUsd)} are ${formatPercent(observed)} % of equity ${usd(exposure.equityUsd)}; the limit is ${formatNumber(limit)} %${atLimit(limit, exposure.equityUsd)}.${left}`;
    case 'OPEN_POSITIONS':
      if (exposure === undefined) return plain(entry);
      return `${exposure.openPositions} open and ${exposure.reservedPositions} reserved positions; at most ${formatNumber(limit)}.${left}`;
    default:
      return plain(entry);
  }
}

const plain = ({ observed, limit, unit, distance }: HeadroomEntry): string =>
  `${formatInUnit(observed, unit)} of ${formatInUnit(limit, unit)}.${distance === null ? '' : ` ${leftWords(distance, unit)}`}`;

const leftWords = (distance: number, unit: string): string =>
  distance <= 0 ? 'The limit is reached.' : `${formatInUnit(distance, unit)} left.`;

const usd = (value: number): string => `${formatMoney(value)} USD`;

const atLimit = (limit: number, base: number | null): string =>
  base === null ? '' : ` = ${usd((limit / 100) * base)}`;

function dayWords({ dailyPnlUsd, dailyPnlPct, dayStartEquityUsd }: KpiSnapshot, code: string): string {
  const result = dailyPnlUsd === null ? 'not known' : `${formatMoney(dailyPnlUsd, { sign: true })} USD`;
  const base = dayStartEquityUsd === null ? '' : ` of ${usd(dayStartEquityUsd)} at the day's start`;
  const pct = dailyPnlPct === null ? '' : `, ${formatPercent(dailyPnlPct, { sign: true })} %`;
  const what = code === 'DAILY_LOSS' ? 'a loss' : 'a profit';
  return `The day's result, unrealised included, is ${result}${base}${pct}; for ${what}`;
}
