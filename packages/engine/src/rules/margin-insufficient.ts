/** notional / leverage exceeds the available balance less reserved margin. */
import { shown } from '#audit/record.ts';
import { exceeds } from '#number/compare.ts';
import { accountScope, type EntryRule, PASS, SKIPPED, VIOLATED } from './entry-rule.ts';

export const marginInsufficient: EntryRule = {
  code: 'MARGIN_INSUFFICIENT',
  judge(entry) {
    if (Number.isNaN(entry.notional) || Number.isNaN(entry.available)) return SKIPPED;
    return exceeds(entry.notional / entry.leverage, entry.available - entry.account.reservedMargin) ? VIOLATED : PASS;
  },
  explain(entry) {
    const observed = entry.notional / entry.leverage;
    const limit = entry.available - entry.account.reservedMargin;
    const message = `${shown(entry.notional)} / ${shown(entry.leverage)} = ${shown(observed)} USD of margin; ${shown(limit)} USD is available.`;
    return { scope: accountScope(entry), observed, limit, unit: 'USD', message };
  },
};
