/** The expected return (given, or the distance to the target) is below `minROIThreshold` or above `maxROIThreshold`. */
import { shown } from '#audit/record.ts';
import type { Entry } from '#decisions/entry.ts';
import { exceeds, isBelow } from '#number/compare.ts';
import { type EntryRule, PASS, SKIPPED, symbolScope, VIOLATED } from './entry-rule.ts';

function expectedRoiPct(entry: Entry): number {
  const given = entry.request.expectedRoiPercent;
  return !Number.isNaN(given) ? given : (Math.abs(entry.target - entry.price) / entry.price) * 100;
}

export const roiRange: EntryRule = {
  code: 'ROI_RANGE',
  judge(entry) {
    const { minROIThreshold, maxROIThreshold } = entry.settings;
    if (minROIThreshold === 0 && maxROIThreshold === 0) return PASS;
    const roi = expectedRoiPct(entry);
    if (Number.isNaN(roi)) return SKIPPED;
    if (minROIThreshold !== 0 && isBelow(roi, minROIThreshold)) return VIOLATED;
    return maxROIThreshold !== 0 && exceeds(roi, maxROIThreshold) ? VIOLATED : PASS;
  },
  explain(entry) {
    const { minROIThreshold, maxROIThreshold } = entry.settings;
    const observed = expectedRoiPct(entry);
    const isLow = minROIThreshold !== 0 && isBelow(observed, minROIThreshold);
    const limit = isLow ? minROIThreshold : maxROIThreshold;
    const message = `The expected return is ${shown(observed)} %, ${isLow ? 'below' : 'above'} ${limit} %.`;
    return { scope: symbolScope(entry), observed, limit, unit: '%', message };
  },
};
