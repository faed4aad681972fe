/** The lock that the streak of losses set is on (semantics 3, rule 18). */

import { accountScope, type EntryRule, PASS, VIOLATED } from './entry-rule.ts';
import { isLimitLocked } from './limit-lock.ts';

/** Its place in `account.watches`. */
const STREAK = 3;

export const consecutiveLosses: EntryRule = {
  code: 'CONSECUTIVE_LOSSES',
  judge(entry, engine) {
    if (isLimitLocked(entry, engine, 'CONSECUTIVE_LOSSES')) return VIOLATED;
    return entry.account.watches[STREAK]!.tripped ? VIOLATED : PASS;
  },
  explain(entry) {
    const observed = entry.account.consecutiveLosses;
    const limit = entry.settings.maxConsecutiveLosses;
    const message = `${observed} losses in a row; the limit is ${limit}.`;
    return { scope: accountScope(entry), observed, limit, unit: 'count', message };
  },
};
