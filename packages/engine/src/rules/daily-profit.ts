/** The day's profit, unrealised included, reaches `maxDailyProfitPercent`, or its lock is on. */
import { shown } from '#audit/record.ts';
import { reaches } from '#number/compare.ts';
import { accountScope, type EntryRule, PASS, SKIPPED, VIOLATED } from './entry-rule.ts';
import { isLimitLocked } from './limit-lock.ts';

export const dailyProfit: EntryRule = {
  code: 'DAILY_PROFIT',
  judge(entry, engine) {
    if (isLimitLocked(entry, engine, 'DAILY_PROFIT')) return VIOLATED;
    const limit = entry.settings.maxDailyProfitPercent;
    if (limit === 0) return PASS;
    if (!entry.equityKnown) return SKIPPED;
    return reaches(entry.dailyPnlPct, limit) ? VIOLATED : PASS;
  },
  explain(entry, engine) {
    const observed = entry.dailyPnlPct;
    const limit = entry.settings.maxDailyProfitPercent;
    const isLocked = isLimitLocked(entry, engine, 'DAILY_PROFIT') ? ', and its lock is on' : '';
    const message = `The day's profit is ${shown(observed)} %; the limit is ${limit} %${isLocked}.`;
    return { scope: accountScope(entry), observed, limit, unit: '%', message };
  },
};
