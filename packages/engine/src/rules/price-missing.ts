/** There has never been a valuation price. */
import { type EntryRule, PASS, plain, symbolScope, VIOLATED } from './entry-rule.ts';

export const priceMissing: EntryRule = {
  code: 'PRICE_MISSING',
  judge(entry) {
    return entry.everPriced ? PASS : VIOLATED;
  },
  explain(entry) {
    return plain(symbolScope(entry), `${entry.request.symbolName} has never had a price.`);
  },
};
