/** Account events are missing for the account. */
import { accountScope, type EntryRule, PASS, plain, VIOLATED } from './entry-rule.ts';

export const streamGap: EntryRule = {
  code: 'STREAM_GAP',
  judge(entry) {
    return entry.account.streamGap ? VIOLATED : PASS;
  },
  explain(entry) {
    return plain(accountScope(entry), 'Account events are missing; a reconciliation clears it.');
  },
};
