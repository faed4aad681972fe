/** (existing same-side + reserved + requested quantity) × price exceeds `maxPositionSizePercent` of equity. */
import { shown } from '#audit/record.ts';
import { exceeds } from '#number/compare.ts';
import { type EntryRule, PASS, SKIPPED, symbolScope, VIOLATED } from './entry-rule.ts';

export const positionSizeMax: EntryRule = {
  code: 'POSITION_SIZE_MAX',
  judge(entry) {
    if (entry.maxPositionSizePercent === 0) return PASS;
    if (!entry.equityKnown || Number.isNaN(entry.notional)) return SKIPPED;
    const wanted = (entry.positionQuantity + entry.reservedQuantity + entry.quantity) * entry.price;
    return exceeds(wanted, (entry.equity * entry.maxPositionSizePercent) / 100) ? VIOLATED : PASS;
  },
  explain(entry) {
    const observed = (entry.positionQuantity + entry.reservedQuantity + entry.quantity) * entry.price;
    const limit = (entry.equity * entry.maxPositionSizePercent) / 100;
    const sum = `${shown(entry.positionQuantity)} held + ${shown(entry.reservedQuantity)} reserved + ${shown(entry.quantity)} requested`;
    const message = `(${sum}) × ${shown(entry.price)} = ${shown(observed)} USD; at most ${entry.maxPositionSizePercent} % of ${shown(entry.equity)} = ${shown(limit)} USD.`;
    return { scope: symbolScope(entry), observed, limit, unit: 'USD', message };
  },
};
