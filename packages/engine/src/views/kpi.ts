/** Key figures of an account, or of all accounts together, in the wire's shape. */
import type { KpiSnapshot } from '@inspector/contract';
import { dailyPnlPct, dailyPnlUsd, drawdownPct } from '#account/equity.ts';
import { known } from '#audit/record.ts';
import { dayLabel, dayNumber } from '#calendar/day.ts';
import type { Account } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';

export function kpiOf(engine: Engine, account: Account): KpiSnapshot {
  return {
    day: dayLabel(account.day),
    dayStartEquityUsd: known(account.dayStartEquity),
    currentEquityUsd: known(account.equity),
    equityPeakUsd: known(account.peak),
    currentDrawdownPct: known(drawdownPct(account)),
    maxDrawdownPct: account.maxDrawdownPct,
    dailyPnlUsd: known(dailyPnlUsd(account)),
    dailyPnlPct: known(dailyPnlPct(account)),
    closedTrades: account.closedTrades,
    wins: account.wins,
    losses: account.losses,
    consecutiveLosses: account.consecutiveLosses,
    stressModeActive: account.stressSymbols.size > 0,
    equityKnown: account.equityKnown,
    timestamp: engine.now,
  };
}

/** Sums of money and counts; percentages of the sums; the longest streak; known when all are. */
export function kpiOfAll(engine: Engine): KpiSnapshot {
  const accounts = engine.accounts.filter((account) => !Number.isNaN(account.walletBalance));
  if (accounts.length === 1) return kpiOf(engine, accounts[0]!);
  const sum = (of: (account: Account) => number) => accounts.reduce((total, account) => total + of(account), 0);
  const dayStart = sum((account) => account.dayStartEquity);
  const equity = sum((account) => account.equity);
  const peak = sum((account) => account.peak);
  const isEmpty = accounts.length === 0;
  return {
    day: dayLabel(accounts[0]?.day ?? dayNumber(engine.zone, engine.dayStartMs, engine.now)),
    dayStartEquityUsd: isEmpty ? null : known(dayStart),
    currentEquityUsd: isEmpty ? null : known(equity),
    equityPeakUsd: isEmpty ? null : known(peak),
    currentDrawdownPct: peak > 0 ? known(((peak - equity) / peak) * 100) : null,
    maxDrawdownPct: accounts.reduce((most, account) => Math.max(most, account.maxDrawdownPct), 0),
    dailyPnlUsd: isEmpty ? null : known(sum(dailyPnlUsd)),
    dailyPnlPct: dayStart > 0 ? known(((equity - dayStart) / dayStart) * 100) : null,
    closedTrades: sum((account) => account.closedTrades),
    wins: sum((account) => account.wins),
    losses: sum((account) => account.losses),
    consecutiveLosses: accounts.reduce((most, account) => Math.max(most, account.consecutiveLosses), 0),
    stressModeActive: accounts.some((account) => account.stressSymbols.size > 0),
    equityKnown: !isEmpty && accounts.every((account) => account.equityKnown),
    timestamp: engine.now,
  };
}
