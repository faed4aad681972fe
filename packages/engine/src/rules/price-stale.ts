/** No valuation price is fresh. */
import { type EntryRule, PASS, symbolScope, VIOLATED } from './entry-rule.ts';

export const priceStale: EntryRule = {
  code: 'PRICE_STALE',
  judge(entry) {
    return entry.everPriced && Number.isNaN(entry.valuation) ? VIOLATED : PASS;
  },
  explain(entry) {
    const limit = entry.settings.priceStaleMs;
    const message = `The price of ${entry.request.symbolName} is ${entry.priceAgeMs} ms old; at most ${limit} ms count as fresh.`;
    return { scope: symbolScope(entry), observed: entry.priceAgeMs, limit, unit: 'ms', message };
  },
};
