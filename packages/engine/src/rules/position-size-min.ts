/** The notional is below `minPositionSizePercent` of equity, or below the venue's minimum quantity or notional. */
import { shown } from '#audit/record.ts';
import { isBelow } from '#number/compare.ts';
import { type EntryRule, PASS, SKIPPED, symbolScope, VIOLATED } from './entry-rule.ts';

export const positionSizeMin: EntryRule = {
  code: 'POSITION_SIZE_MIN',
  judge(entry, engine) {
    if (Number.isNaN(entry.quantity)) return SKIPPED;
    const spec = entry.symbol >= 0 ? engine.symbols.specs[entry.symbol] : null;
    if (entry.quantity === 0 || isBelow(entry.quantity, spec?.minQuantity ?? 0)) return VIOLATED;
    if (!Number.isNaN(entry.notional) && isBelow(entry.notional, spec?.minNotional ?? 0)) return VIOLATED;
    const percent = entry.settings.minPositionSizePercent;
    if (percent === 0) return PASS;
    if (!entry.equityKnown || Number.isNaN(entry.notional)) return SKIPPED;
    return isBelow(entry.notional, (entry.equity * percent) / 100) ? VIOLATED : PASS;
  },
  explain(entry, engine) {
    const spec = entry.symbol >= 0 ? engine.symbols.specs[entry.symbol] : null;
    const scope = symbolScope(entry);
    const minimum = spec?.minQuantity ?? 0;
    if (entry.quantity === 0 || isBelow(entry.quantity, minimum)) {
      const message = `${shown(entry.quantity)} after rounding down to the step; the venue takes ${minimum} or more.`;
      return { scope, observed: entry.quantity, limit: minimum, unit: 'base', message };
    }
    const byVenue = spec?.minNotional ?? 0;
    const byOptions = entry.equityKnown ? (entry.equity * entry.settings.minPositionSizePercent) / 100 : 0;
    const limit = Math.max(byVenue, byOptions);
    const message = `${shown(entry.notional)} USD; at least ${shown(limit)} USD is needed.`;
    return { scope, observed: entry.notional, limit, unit: 'USD', message };
  },
};
