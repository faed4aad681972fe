/** Today's losing trades reach `maxLossTradesPerDay`. */
import { reaches } from '#number/compare.ts';
import { accountScope, type EntryRule, PASS, VIOLATED } from './entry-rule.ts';
import { isLimitLocked } from './limit-lock.ts';

export const lossTradesPerDay: EntryRule = {
  code: 'LOSS_TRADES_PER_DAY',
  judge(entry, engine) {
    if (isLimitLocked(entry, engine, 'LOSS_TRADES_PER_DAY')) return VIOLATED;
    const limit = entry.settings.maxLossTradesPerDay;
    return limit > 0 && reaches(entry.account.losses, limit) ? VIOLATED : PASS;
  },
  explain(entry) {
    const observed = entry.account.losses;
    const limit = entry.settings.maxLossTradesPerDay;
    const message = `${observed} losing trades today; the limit is ${limit}.`;
    return { scope: accountScope(entry), observed, limit, unit: 'count', message };
  },
};
