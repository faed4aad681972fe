/** Entries approved today reach `maxTradesPerDay`. */
import { reaches } from '#number/compare.ts';
import { accountScope, type EntryRule, PASS, VIOLATED } from './entry-rule.ts';
import { isLimitLocked } from './limit-lock.ts';

export const tradesPerDay: EntryRule = {
  code: 'TRADES_PER_DAY',
  judge(entry, engine) {
    if (isLimitLocked(entry, engine, 'TRADES_PER_DAY')) return VIOLATED;
    const limit = entry.settings.maxTradesPerDay;
    return limit > 0 && reaches(entry.account.entriesApproved, limit) ? VIOLATED : PASS;
  },
  explain(entry) {
    const observed = entry.account.entriesApproved;
    const limit = entry.settings.maxTradesPerDay;
    const message = `${observed} entries approved today; the limit is ${limit}.`;
    return { scope: accountScope(entry), observed, limit, unit: 'count', message };
  },
};
