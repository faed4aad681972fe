/** Walking the book for the quantity costs more than `slippageTolerancePercent` against mid, or the book is too thin or stale. Skipped where there never was a book. */
import { shown } from '#audit/record.ts';
import { walkBook } from '#decisions/book-walk.ts';
import type { Entry } from '#decisions/entry.ts';
import { exceeds } from '#number/compare.ts';
import type { Engine } from '#state/engine.ts';
import { type EntryRule, PASS, SKIPPED, symbolScope, VIOLATED } from './entry-rule.ts';

/** Distance of the walk's mean price from mid in percent, NaN when the book is too thin. */
function slippagePct(entry: Entry, engine: Engine): number {
  const depth = engine.symbols.depths[entry.symbol]!;
  const mean = walkBook(depth, entry.direction, entry.quantity, entry.request.limitPrice, entry.mid);
  return (Math.abs(mean - entry.mid) / entry.mid) * 100;
}

export const slippage: EntryRule = {
  code: 'SLIPPAGE',
  judge(entry, engine) {
    const limit = entry.settings.slippageTolerancePercent;
    if (limit === 0) return PASS;
    if (!entry.hasBook || Number.isNaN(entry.quantity)) return SKIPPED;
    if (!entry.bookFresh || entry.quantity === 0) return entry.bookFresh ? PASS : VIOLATED;
    const slippage = slippagePct(entry, engine);
    return Number.isNaN(slippage) || exceeds(slippage, limit) ? VIOLATED : PASS;
  },
  explain(entry, engine) {
    const limit = entry.settings.slippageTolerancePercent;
    const observed = slippagePct(entry, engine);
    const asked = `${shown(entry.quantity)} ${entry.request.symbolName}`;
    let message = `${asked} would cost ${shown(observed)} % against mid; at most ${limit} % is tolerated.`;
    if (!entry.bookFresh)
      message = `The book of ${entry.request.symbolName} is older than ${entry.settings.priceStaleMs} ms.`;
    else if (Number.isNaN(observed)) message = `The book is too thin for ${asked}.`;
    return { scope: symbolScope(entry), observed, limit, unit: '%', message };
  },
};
