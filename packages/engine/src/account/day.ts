/** The trading day (semantics 1.6): rolled at the first input of a new day, never by a timer, gaps skipped at once. */
import { record } from '#audit/record.ts';
import { dayLabel, dayNumber, nextDayStart } from '#calendar/day.ts';
import { governorChanged } from '#limits/governor.ts';
import { endTripsOfDay } from '#limits/trip.ts';
import { type Account, disquiet } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import { kpiOf } from '#views/kpi.ts';

export function rollDay(engine: Engine): void {
  const day = dayNumber(engine.zone, engine.dayStartMs, engine.now);
  engine.dayEndsAt = nextDayStart(engine.zone, engine.dayStartMs, engine.now);
  for (const account of engine.accounts) {
    if (day > account.day) rollAccount(engine, account, day);
  }
}

function rollAccount(engine: Engine, account: Account, day: number): void {
  record(engine, 'DAY_ROLLED', {
    code: 'OK',
    accountKey: account.key,
    message: `The day ${dayLabel(account.day)} of ${account.key} ended.`,
    data: { ...kpiOf(engine, account), accountKey: account.key },
  });
  account.day = day;
  // The last known equity stands in until the first known reading of the day.
  if (!Number.isNaN(account.equity)) {
    account.dayStartEquity = account.equity;
    account.dayStartMoney = account.equity;
  }
  account.netTransfers = 0;
  account.dayStartPending = !account.equityKnown;
  account.maxDrawdownPct = 0;
  account.closedTrades = 0;
  account.wins = 0;
  account.losses = 0;
  account.entriesApproved = 0;
  endTripsOfDay(account);
  disquiet(account);
  governorChanged(engine);
}
