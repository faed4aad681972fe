/** (existing same-side + reserved + requested quantity) × |price − stop| exceeds `riskPerTradePercent` of equity. */
import { shown } from '#audit/record.ts';
import { exceeds } from '#number/compare.ts';
import { type EntryRule, PASS, SKIPPED, symbolScope, VIOLATED } from './entry-rule.ts';

export const riskPerTrade: EntryRule = {
  code: 'RISK_PER_TRADE',
  judge(entry) {
    if (entry.riskPerTradePercent === 0) return PASS;
    if (!entry.equityKnown || Number.isNaN(entry.stop) || Number.isNaN(entry.quantity)) return SKIPPED;
    const whole = entry.positionQuantity + entry.reservedQuantity + entry.quantity;
    return exceeds(whole * Math.abs(entry.price - entry.stop), (entry.equity * entry.riskPerTradePercent) / 100)
      ? VIOLATED
      : PASS;
  },
  explain(entry) {
    const whole = entry.positionQuantity + entry.reservedQuantity + entry.quantity;
    const distance = Math.abs(entry.price - entry.stop);
    const observed = whole * distance;
    const limit = (entry.equity * entry.riskPerTradePercent) / 100;
    const message = `${shown(whole)} × ${shown(distance)} to the stop = ${shown(observed)} USD at risk; at most ${entry.riskPerTradePercent} % of equity = ${shown(limit)} USD.`;
    return { scope: symbolScope(entry), observed, limit, unit: 'USD', message };
  },
};
