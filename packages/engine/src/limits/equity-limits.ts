/**
 * Limits on equity: daily loss, daily profit, drawdown and exposure. One trips at the first reading that is at least
 * `confirmMs` after the first of an unbroken run in breach, or at once when a confirmed reading reaches
 * limit × `hardMultiple`; a reading back inside restarts the clock (semantics 4).
 */
import { dailyPnlPct, drawdownPct, exposureUsd, isJudgedStale } from '#account/equity.ts';
import { exceeds, reaches } from '#number/compare.ts';
import type { Account, LimitWatch } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import { endTrip, trip } from './trip.ts';

/** Positions of the equity limits in `account.watches`, which follow the contract's order of limit codes. */
const DAILY_LOSS = 0;
const DAILY_PROFIT = 1;
const DRAWDOWN = 2;
const PORTFOLIO_EXPOSURE = 6;

/** Judges one reading. With equity unknown only loss and drawdown are judged, at last prices and never as confirmed. */
export function judgeEquityLimits(engine: Engine, account: Account, confirmed: boolean): void {
  const settings = engine.accountSettings[account.index]!;
  const hard = settings.hardMultiple;
  const loss = -dailyPnlPct(account);
  const watches = account.watches;
  const lossLimit = settings.maxDailyLossPercent;
  if (lossLimit > 0) {
    const breach = reaches(loss, lossLimit);
    judge(engine, account, watches[DAILY_LOSS]!, loss, lossLimit, breach, confirmed && reaches(loss, lossLimit * hard));
  }
  const drawdownLimit = settings.maxDrawdownPercent;
  if (drawdownLimit > 0) {
    const drawdown = drawdownPct(account);
    const breach = reaches(drawdown, drawdownLimit);
    const atHard = confirmed && reaches(drawdown, drawdownLimit * hard);
    judge(engine, account, watches[DRAWDOWN]!, drawdown, drawdownLimit, breach, atHard);
  }
  if (isJudgedStale(account)) return;
  const profitLimit = settings.maxDailyProfitPercent;
  if (profitLimit > 0) {
    const breach = reaches(-loss, profitLimit);
    const atHard = confirmed && reaches(-loss, profitLimit * hard);
    judge(engine, account, watches[DAILY_PROFIT]!, -loss, profitLimit, breach, atHard);
  }
  const exposureLimit = settings.maxPortfolioExposurePercent;
  if (exposureLimit > 0) {
    const exposure = exposurePct(account);
    const atHard = confirmed && reaches(exposure, exposureLimit * hard);
    judge(
      engine,
      account,
      watches[PORTFOLIO_EXPOSURE]!,
      exposure,
      exposureLimit,
      exceeds(exposure, exposureLimit),
      atHard,
    );
  }
}

/** Open notional in percent of equity; Infinity when there is exposure and no equity. */
export function exposurePct(account: Account): number {
  const exposure = exposureUsd(account);
  if (exposure === 0) return 0;
  return account.equity > 0 ? (exposure / account.equity) * 100 : Number.POSITIVE_INFINITY;
}

function judge(
  engine: Engine,
  account: Account,
  watch: LimitWatch,
  observed: number,
  limit: number,
  breach: boolean,
  atHard: boolean,
): void {
  if (!breach) {
    watch.runSince = Number.NaN;
    if (watch.tripped) endTrip(engine, account, watch);
    return;
  }
  if (watch.tripped) return;
  if (Number.isNaN(watch.runSince)) watch.runSince = engine.now;
  if (engine.now < account.holdUntil) return;
  const settings = engine.accountSettings[account.index]!;
  if (atHard || engine.now - watch.runSince >= settings.confirmMs) trip(engine, account, watch, observed, limit, '%');
}
