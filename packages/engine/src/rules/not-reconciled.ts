/** An account that has not been compared with the venue, or that differs from it. */
import { accountScope, type EntryRule, PASS, plain, VIOLATED } from './entry-rule.ts';

export const notReconciled: EntryRule = {
  code: 'NOT_RECONCILED',
  judge(entry) {
    return entry.account.reconciled && entry.account.differences.size === 0 ? PASS : VIOLATED;
  },
  explain(entry) {
    const { differences } = entry.account;
    const what =
      differences.size > 0
        ? `${differences.size} differences to the venue are unresolved`
        : 'it has not been compared with the venue';
    return plain(accountScope(entry), `The account is not reconciled: ${what}.`);
  },
};
