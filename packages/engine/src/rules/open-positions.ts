/** Open and reserved positions reach `maxOpenPositions`; adding to one is not a new one. */
import { reaches } from '#number/compare.ts';
import { accountScope, type EntryRule, PASS, VIOLATED } from './entry-rule.ts';
import { countPositions, isOpenOrReserved } from './position-count.ts';

export const openPositions: EntryRule = {
  code: 'OPEN_POSITIONS',
  judge(entry, engine) {
    const limit = entry.settings.maxOpenPositions;
    if (limit === 0 || isOpenOrReserved(entry)) return PASS;
    return reaches(countPositions(engine, entry.account), limit) ? VIOLATED : PASS;
  },
  explain(entry, engine) {
    const observed = countPositions(engine, entry.account);
    const limit = entry.settings.maxOpenPositions;
    const message = `${observed} positions are open or reserved; the limit is ${limit}.`;
    return { scope: accountScope(entry), observed, limit, unit: 'count', message };
  },
};
