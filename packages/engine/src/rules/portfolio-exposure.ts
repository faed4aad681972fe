/** Σ |notional| open + reserved + requested exceeds `maxPortfolioExposurePercent` of equity. */
import { shown } from '#audit/record.ts';
import { exceeds } from '#number/compare.ts';
import { accountScope, type EntryRule, PASS, SKIPPED, VIOLATED } from './entry-rule.ts';
import { isLimitLocked } from './limit-lock.ts';

export const portfolioExposure: EntryRule = {
  code: 'PORTFOLIO_EXPOSURE',
  judge(entry, engine) {
    if (entry.maxPortfolioExposurePercent === 0)
      return isLimitLocked(entry, engine, 'PORTFOLIO_EXPOSURE') ? VIOLATED : PASS;
    if (isLimitLocked(entry, engine, 'PORTFOLIO_EXPOSURE')) return VIOLATED;
    if (!entry.equityKnown || Number.isNaN(entry.notional)) return SKIPPED;
    const whole = entry.exposure + entry.account.reservedNotional + entry.notional;
    return exceeds(whole, (entry.equity * entry.maxPortfolioExposurePercent) / 100) ? VIOLATED : PASS;
  },
  explain(entry) {
    const observed = entry.exposure + entry.account.reservedNotional + entry.notional;
    const limit = (entry.equity * entry.maxPortfolioExposurePercent) / 100;
    const sum = `${shown(entry.exposure)} open + ${shown(entry.account.reservedNotional)} reserved + ${shown(entry.notional)} requested`;
    const message = `${sum} = ${shown(observed)} USD; at most ${entry.maxPortfolioExposurePercent} % of equity = ${shown(limit)} USD.`;
    return { scope: accountScope(entry), observed, limit, unit: 'USD', message };
  },
};
