/** Limits on counts: losing trades, approved entries and the loss streak. They trip at the event that moves them. */
import type { LimitCode } from '@inspector/contract';
import { reaches } from '#number/compare.ts';
import type { Settings } from '#settings/settings.ts';
import type { Account } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import { endTrip, trip } from './trip.ts';

type CountCode = Extract<LimitCode, 'CONSECUTIVE_LOSSES' | 'LOSS_TRADES_PER_DAY' | 'TRADES_PER_DAY'>;

export function countOf(account: Account, code: CountCode): number {
  switch (code) {
    case 'CONSECUTIVE_LOSSES':
      return account.consecutiveLosses;
    case 'LOSS_TRADES_PER_DAY':
      return account.losses;
    case 'TRADES_PER_DAY':
      return account.entriesApproved;
  }
}

export function countLimitOf(settings: Settings, code: CountCode): number {
  switch (code) {
    case 'CONSECUTIVE_LOSSES':
      return settings.maxConsecutiveLosses;
    case 'LOSS_TRADES_PER_DAY':
      return settings.maxLossTradesPerDay;
    case 'TRADES_PER_DAY':
      return settings.maxTradesPerDay;
  }
}

/** Judges a count that has just moved, or whose limit has. */
export function judgeCount(engine: Engine, account: Account, code: CountCode): void {
  const watch = account.watches.find((candidate) => candidate.code === code)!;
  const limit = countLimitOf(engine.accountSettings[account.index]!, code);
  const count = countOf(account, code);
  const breach = limit > 0 && reaches(count, limit);
  if (!breach) {
    if (watch.tripped) endTrip(engine, account, watch);
  } else if (!watch.tripped) {
    trip(engine, account, watch, count, limit, 'count');
  }
}

export function judgeAllCounts(engine: Engine, account: Account): void {
  for (const code of ['CONSECUTIVE_LOSSES', 'LOSS_TRADES_PER_DAY', 'TRADES_PER_DAY'] as const) {
    judgeCount(engine, account, code);
  }
}
