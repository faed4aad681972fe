/** `riskPerTradePercent` is on and there is no stop, or in isolated margin it lies beyond the estimated liquidation price. */
import { shown } from '#audit/record.ts';
import type { Entry } from '#decisions/entry.ts';
import { exceeds, isBelow } from '#number/compare.ts';
import type { Engine } from '#state/engine.ts';
import { type EntryRule, PASS, plain, SKIPPED, symbolScope, VIOLATED } from './entry-rule.ts';

/** price × (1 ∓ (1/leverage − maintenance margin)), − for LONG. */
function liquidationPrice(entry: Entry, engine: Engine): number {
  const spec = entry.symbol >= 0 ? engine.symbols.specs[entry.symbol] : null;
  const maintenance = (spec?.maintenanceMarginPercent ?? 0) / 100;
  return entry.price * (1 - entry.direction * (1 / entry.leverage - maintenance));
}

/** There is a stop by `stopLossPercent`, but no price that it could be taken from. */
function isStopUnpriced(entry: Entry): boolean {
  return Number.isNaN(entry.price) && entry.settings.stopLossPercent > 0;
}

export const riskUnbounded: EntryRule = {
  code: 'RISK_UNBOUNDED',
  judge(entry, engine) {
    if (entry.riskPerTradePercent === 0) return PASS;
    if (Number.isNaN(entry.stop)) return isStopUnpriced(entry) ? SKIPPED : VIOLATED;
    if (entry.settings.marginMode !== 'isolated') return PASS;
    const liquidation = liquidationPrice(entry, engine);
    const isBeyond = entry.direction > 0 ? isBelow(entry.stop, liquidation) : exceeds(entry.stop, liquidation);
    return isBeyond ? VIOLATED : PASS;
  },
  explain(entry, engine) {
    const scope = symbolScope(entry);
    if (Number.isNaN(entry.stop)) return plain(scope, 'riskPerTradePercent is on and the entry has no stop.');
    const limit = liquidationPrice(entry, engine);
    const message = `The stop ${shown(entry.stop)} lies beyond the estimated liquidation price ${shown(limit)}.`;
    return { scope, observed: entry.stop, limit, unit: 'quote', message };
  },
};
