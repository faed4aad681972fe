/** A limit price further than `priceCollarPercent` from the valuation price. */
import { shown } from '#audit/record.ts';
import { exceeds } from '#number/compare.ts';
import { type EntryRule, PASS, SKIPPED, symbolScope, VIOLATED } from './entry-rule.ts';

export const priceCollar: EntryRule = {
  code: 'PRICE_COLLAR',
  judge(entry) {
    const limit = entry.settings.priceCollarPercent;
    if (limit === 0 || Number.isNaN(entry.request.limitPrice)) return PASS;
    if (Number.isNaN(entry.valuation)) return SKIPPED;
    return exceeds((Math.abs(entry.request.limitPrice - entry.valuation) / entry.valuation) * 100, limit)
      ? VIOLATED
      : PASS;
  },
  explain(entry) {
    const limit = entry.settings.priceCollarPercent;
    const observed = (Math.abs(entry.request.limitPrice - entry.valuation) / entry.valuation) * 100;
    const message = `The limit price is ${shown(observed)} % from the valuation price ${shown(entry.valuation)}; at most ${limit} % is allowed.`;
    return { scope: symbolScope(entry), observed, limit, unit: '%', message };
  },
};
