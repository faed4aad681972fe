/** Drawdown from the peak reaches `maxDrawdownPercent`, or its lock is on. */
import { shown } from '#audit/record.ts';
import { reaches } from '#number/compare.ts';
import { accountScope, type EntryRule, PASS, SKIPPED, VIOLATED } from './entry-rule.ts';
import { isLimitLocked } from './limit-lock.ts';

export const drawdown: EntryRule = {
  code: 'DRAWDOWN',
  judge(entry, engine) {
    if (isLimitLocked(entry, engine, 'DRAWDOWN')) return VIOLATED;
    const limit = entry.settings.maxDrawdownPercent;
    if (limit === 0) return PASS;
    if (!entry.equityKnown) return SKIPPED;
    return reaches(entry.drawdownPct, limit) ? VIOLATED : PASS;
  },
  explain(entry, engine) {
    const observed = entry.drawdownPct;
    const limit = entry.settings.maxDrawdownPercent;
    const isLocked = isLimitLocked(entry, engine, 'DRAWDOWN') ? ', and its lock is on' : '';
    const message = `The drawdown is ${shown(observed)} %; the limit is ${limit} %${isLocked}.`;
    return { scope: accountScope(entry), observed, limit, unit: '%', message };
  },
};
