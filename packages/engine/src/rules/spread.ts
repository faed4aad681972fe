/** The spread exceeds `spreadTolerancePercent`, or the book is stale. Skipped where there never was a book. */
import { shown } from '#audit/record.ts';
import { exceeds } from '#number/compare.ts';
import { type EntryRule, PASS, SKIPPED, symbolScope, VIOLATED } from './entry-rule.ts';

export const spread: EntryRule = {
  code: 'SPREAD',
  judge(entry) {
    const limit = entry.settings.spreadTolerancePercent;
    if (limit === 0) return PASS;
    if (!entry.hasBook) return SKIPPED;
    return !entry.bookFresh || exceeds(entry.spreadPct, limit) ? VIOLATED : PASS;
  },
  explain(entry) {
    const limit = entry.settings.spreadTolerancePercent;
    const observed = entry.spreadPct;
    const message = entry.bookFresh
      ? `The spread is ${shown(observed)} % of mid; at most ${limit} % is tolerated.`
      : `The book of ${entry.request.symbolName} is older than ${entry.settings.priceStaleMs} ms.`;
    return { scope: symbolScope(entry), observed, limit, unit: '%', message };
  },
};
