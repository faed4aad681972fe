/** Quantity × price exceeds `maxOrderNotionalUsd`. */
import { shown } from '#audit/record.ts';
import { exceeds } from '#number/compare.ts';
import { type EntryRule, PASS, SKIPPED, symbolScope, VIOLATED } from './entry-rule.ts';

export const orderNotional: EntryRule = {
  code: 'ORDER_NOTIONAL',
  judge(entry) {
    const limit = entry.settings.maxOrderNotionalUsd;
    if (limit === 0) return PASS;
    if (Number.isNaN(entry.notional)) return SKIPPED;
    return exceeds(entry.notional, limit) ? VIOLATED : PASS;
  },
  explain(entry) {
    const limit = entry.settings.maxOrderNotionalUsd;
    const observed = entry.notional;
    const message = `${shown(entry.quantity)} × ${shown(entry.price)} = ${shown(observed)} USD; at most ${limit} USD an order is allowed.`;
    return { scope: symbolScope(entry), observed, limit, unit: 'USD', message };
  },
};
