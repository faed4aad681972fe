/** |target − price| / |price − stop| is below `minRiskRewardRatio`; skipped without stop or target. */
import { shown } from '#audit/record.ts';
import { isBelow } from '#number/compare.ts';
import { type EntryRule, PASS, SKIPPED, symbolScope, VIOLATED } from './entry-rule.ts';

export const riskReward: EntryRule = {
  code: 'RISK_REWARD',
  judge(entry) {
    const limit = entry.settings.minRiskRewardRatio;
    if (limit === 0) return PASS;
    if (Number.isNaN(entry.stop) || Number.isNaN(entry.target)) return SKIPPED;
    return isBelow(Math.abs(entry.target - entry.price), Math.abs(entry.price - entry.stop) * limit) ? VIOLATED : PASS;
  },
  explain(entry) {
    const reward = Math.abs(entry.target - entry.price);
    const risk = Math.abs(entry.price - entry.stop);
    const observed = reward / risk;
    const limit = entry.settings.minRiskRewardRatio;
    const message = `${shown(reward)} to the target for ${shown(risk)} to the stop is ${shown(observed)}; at least ${limit} is wanted.`;
    return { scope: symbolScope(entry), observed, limit, unit: 'ratio', message };
  },
};
