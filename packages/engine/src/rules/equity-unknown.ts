/** The balance is unknown, or an open position has no fresh price (semantics 1.3). */
import { staleSymbols } from '#account/equity.ts';
import { accountScope, type EntryRule, PASS, plain, VIOLATED } from './entry-rule.ts';

export const equityUnknown: EntryRule = {
  code: 'EQUITY_UNKNOWN',
  judge(entry) {
    return entry.equityKnown ? PASS : VIOLATED;
  },
  explain(entry, engine) {
    const stale = staleSymbols(engine, entry.account);
    const why = stale.length > 0 ? `no fresh price of ${stale.join(', ')}` : 'the venue gave no balance';
    return plain(accountScope(entry), `The equity of the account is unknown: ${why}.`);
  },
};
