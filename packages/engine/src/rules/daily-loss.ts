/** The day's loss, unrealised included, reaches `maxDailyLossPercent`, or its lock is on. */
import { shown } from '#audit/record.ts';
import { reaches } from '#number/compare.ts';
import { accountScope, type EntryRule, PASS, SKIPPED, VIOLATED } from './entry-rule.ts';
import { isLimitLocked } from './limit-lock.ts';

export const dailyLoss: EntryRule = {
  code: 'DAILY_LOSS',
  judge(entry, engine) {
    if (isLimitLocked(entry, engine, 'DAILY_LOSS')) return VIOLATED;
    const limit = entry.settings.maxDailyLossPercent;
    if (limit === 0) return PASS;
    if (!entry.equityKnown) return SKIPPED;
    return reaches(-entry.dailyPnlPct, limit) ? VIOLATED : PASS;
  },
  explain(entry, engine) {
    const observed = -entry.dailyPnlPct;
    const limit = entry.settings.maxDailyLossPercent;
    const isLocked = isLimitLocked(entry, engine, 'DAILY_LOSS') ? ', and its lock is on' : '';
    const message = `The day's loss is ${shown(observed)} %; the limit is ${limit} %${isLocked}.`;
    return { scope: accountScope(entry), observed, limit, unit: '%', message };
  },
};
