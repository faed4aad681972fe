/** The leverage exceeds `maxLeverage` or the venue's own maximum. */
import { shown } from '#audit/record.ts';
import type { Entry } from '#decisions/entry.ts';
import { exceeds } from '#number/compare.ts';
import type { Engine } from '#state/engine.ts';
import { type EntryRule, PASS, symbolScope, VIOLATED } from './entry-rule.ts';

function leverageLimit(entry: Entry, engine: Engine): number {
  const venue = entry.symbol >= 0 ? engine.symbols.specs[entry.symbol]?.maxLeverage : undefined;
  const own = entry.settings.maxLeverage > 0 ? entry.settings.maxLeverage : Number.POSITIVE_INFINITY;
  return venue !== undefined && venue > 0 ? Math.min(own, venue) : own;
}

export const leverage: EntryRule = {
  code: 'LEVERAGE',
  judge(entry, engine) {
    return exceeds(entry.leverage, leverageLimit(entry, engine)) ? VIOLATED : PASS;
  },
  explain(entry, engine) {
    const limit = leverageLimit(entry, engine);
    const message = `Leverage ${shown(entry.leverage)}; at most ${limit} is allowed.`;
    return { scope: symbolScope(entry), observed: entry.leverage, limit, unit: 'x', message };
  },
};
