/**
 * The entry rules in their order of precedence (semantics 3). `judgeEntry` is one flat pass without allocation; a decision's
 * code is the first rule violated. */
import type { Entry } from '#decisions/entry.ts';
import type { Engine } from '#state/engine.ts';
import { consecutiveLosses } from './consecutive-losses.ts';
import { cooldownActive } from './cooldown-active.ts';
import { correlatedPositions } from './correlated-positions.ts';
import { dailyLoss } from './daily-loss.ts';
import { dailyProfit } from './daily-profit.ts';
import { drawdown } from './drawdown.ts';
import { type EntryRule, PASS, VIOLATED, verdicts } from './entry-rule.ts';
import { equityUnknown } from './equity-unknown.ts';
import { killSwitchActive } from './kill-switch-active.ts';
import { leaseExpired } from './lease-expired.ts';
import { legacyPosition } from './legacy-position.ts';
import { leverage } from './leverage.ts';
import { lossTradesPerDay } from './loss-trades-per-day.ts';
import { marginInsufficient } from './margin-insufficient.ts';
import { noTradeWindow } from './no-trade-window.ts';
import { notReconciled } from './not-reconciled.ts';
import { openPositions } from './open-positions.ts';
import { orderNotional } from './order-notional.ts';
import { orderRate } from './order-rate.ts';
import { portfolioExposure } from './portfolio-exposure.ts';
import { positionSizeMax } from './position-size-max.ts';
import { positionSizeMin } from './position-size-min.ts';
import { priceCollar } from './price-collar.ts';
import { priceMissing } from './price-missing.ts';
import { priceStale } from './price-stale.ts';
import { requestDuplicate } from './request-duplicate.ts';
import { requestExpired } from './request-expired.ts';
import { requestInvalid } from './request-invalid.ts';
import { riskPerTrade } from './risk-per-trade.ts';
import { riskReward } from './risk-reward.ts';
import { riskUnbounded } from './risk-unbounded.ts';
import { roiRange } from './roi-range.ts';
import { slippage } from './slippage.ts';
import { spread } from './spread.ts';
import { standDownActive } from './stand-down-active.ts';
import { streamGap } from './stream-gap.ts';
import { symbolExcluded } from './symbol-excluded.ts';
import { symbolNotPreferred } from './symbol-not-preferred.ts';
import { symbolUnknown } from './symbol-unknown.ts';
import { tradesPerDay } from './trades-per-day.ts';

export const entryRules: readonly EntryRule[] = [
  requestInvalid,
  requestExpired,
  requestDuplicate,
  killSwitchActive,
  standDownActive,
  leaseExpired,
  notReconciled,
  streamGap,
  symbolUnknown,
  symbolExcluded,
  symbolNotPreferred,
  legacyPosition,
  priceMissing,
  priceStale,
  equityUnknown,
  noTradeWindow,
  cooldownActive,
  consecutiveLosses,
  lossTradesPerDay,
  tradesPerDay,
  dailyLoss,
  dailyProfit,
  drawdown,
  openPositions,
  correlatedPositions,
  spread,
  slippage,
  priceCollar,
  orderNotional,
  leverage,
  positionSizeMax,
  positionSizeMin,
  riskUnbounded,
  riskPerTrade,
  riskReward,
  roiRange,
  portfolioExposure,
  marginInsufficient,
  orderRate,
];

/** What one pass found: indexes into `entryRules`. Reused from request to request. */
export interface Findings {
  violated: number;
  violatedRules: Int32Array;
  skipped: number;
  skippedRules: Int32Array;
}

export function createFindings(): Findings {
  const size = entryRules.length;
  return { violated: 0, violatedRules: new Int32Array(size), skipped: 0, skippedRules: new Int32Array(size) };
}

/**
 * Rules 1 to 3 end the evaluation; all others are always judged. In four parts, because the compiler inlines only so much
 * into one function, and a rule that is called costs several times one that is inlined.
 */
export function judgeEntry(entry: Entry, engine: Engine, findings: Findings): void {
  findings.violated = 0;
  findings.skipped = 0;
  if (requestInvalid.judge(entry, engine) !== PASS) {
    note(findings, 0, VIOLATED);
    return;
  }
  if (requestExpired.judge(entry, engine) !== PASS) {
    note(findings, 1, VIOLATED);
    return;
  }
  if (requestDuplicate.judge(entry, engine) !== PASS) {
    note(findings, 2, VIOLATED);
    return;
  }
  judgeRights(entry, engine, findings);
  judgeDay(entry, engine, findings);
  judgeMarket(entry, engine, findings);
  judgeSize(entry, engine, findings);
}

/** May anybody enter here at all? Rules 4 to 12. */
function judgeRights(entry: Entry, engine: Engine, findings: Findings): void {
  let verdict: number = killSwitchActive.judge(entry, engine);
  if (verdict !== PASS) note(findings, 3, verdict);
  verdict = standDownActive.judge(entry, engine);
  if (verdict !== PASS) note(findings, 4, verdict);
  verdict = leaseExpired.judge(entry, engine);
  if (verdict !== PASS) note(findings, 5, verdict);
  verdict = notReconciled.judge(entry, engine);
  if (verdict !== PASS) note(findings, 6, verdict);
  verdict = streamGap.judge(entry, engine);
  if (verdict !== PASS) note(findings, 7, verdict);
  verdict = symbolUnknown.judge(entry, engine);
  if (verdict !== PASS) note(findings, 8, verdict);
  verdict = symbolExcluded.judge(entry, engine);
  if (verdict !== PASS) note(findings, 9, verdict);
  verdict = symbolNotPreferred.judge(entry, engine);
  if (verdict !== PASS) note(findings, 10, verdict);
  verdict = legacyPosition.judge(entry, engine);
  if (verdict !== PASS) note(findings, 11, verdict);
}

/** Is there a value, and is the day open? Rules 13 to 23. */
function judgeDay(entry: Entry, engine: Engine, findings: Findings): void {
  let verdict: number = priceMissing.judge(entry, engine);
  if (verdict !== PASS) note(findings, 12, verdict);
  verdict = priceStale.judge(entry, engine);
  if (verdict !== PASS) note(findings, 13, verdict);
  verdict = equityUnknown.judge(entry, engine);
  if (verdict !== PASS) note(findings, 14, verdict);
  verdict = noTradeWindow.judge(entry, engine);
  if (verdict !== PASS) note(findings, 15, verdict);
  verdict = cooldownActive.judge(entry, engine);
  if (verdict !== PASS) note(findings, 16, verdict);
  verdict = consecutiveLosses.judge(entry, engine);
  if (verdict !== PASS) note(findings, 17, verdict);
  verdict = lossTradesPerDay.judge(entry, engine);
  if (verdict !== PASS) note(findings, 18, verdict);
  verdict = tradesPerDay.judge(entry, engine);
  if (verdict !== PASS) note(findings, 19, verdict);
  verdict = dailyLoss.judge(entry, engine);
  if (verdict !== PASS) note(findings, 20, verdict);
  verdict = dailyProfit.judge(entry, engine);
  if (verdict !== PASS) note(findings, 21, verdict);
  verdict = drawdown.judge(entry, engine);
  if (verdict !== PASS) note(findings, 22, verdict);
}

/** Does the market take it? Rules 24 to 30. */
function judgeMarket(entry: Entry, engine: Engine, findings: Findings): void {
  let verdict: number = openPositions.judge(entry, engine);
  if (verdict !== PASS) note(findings, 23, verdict);
  verdict = correlatedPositions.judge(entry, engine);
  if (verdict !== PASS) note(findings, 24, verdict);
  verdict = spread.judge(entry, engine);
  if (verdict !== PASS) note(findings, 25, verdict);
  verdict = slippage.judge(entry, engine);
  if (verdict !== PASS) note(findings, 26, verdict);
  verdict = priceCollar.judge(entry, engine);
  if (verdict !== PASS) note(findings, 27, verdict);
  verdict = orderNotional.judge(entry, engine);
  if (verdict !== PASS) note(findings, 28, verdict);
  verdict = leverage.judge(entry, engine);
  if (verdict !== PASS) note(findings, 29, verdict);
}

/** Is it of the right size? Rules 31 to 39. */
function judgeSize(entry: Entry, engine: Engine, findings: Findings): void {
  let verdict: number = positionSizeMax.judge(entry, engine);
  if (verdict !== PASS) note(findings, 30, verdict);
  verdict = positionSizeMin.judge(entry, engine);
  if (verdict !== PASS) note(findings, 31, verdict);
  verdict = riskUnbounded.judge(entry, engine);
  if (verdict !== PASS) note(findings, 32, verdict);
  verdict = riskPerTrade.judge(entry, engine);
  if (verdict !== PASS) note(findings, 33, verdict);
  verdict = riskReward.judge(entry, engine);
  if (verdict !== PASS) note(findings, 34, verdict);
  verdict = roiRange.judge(entry, engine);
  if (verdict !== PASS) note(findings, 35, verdict);
  verdict = portfolioExposure.judge(entry, engine);
  if (verdict !== PASS) note(findings, 36, verdict);
  verdict = marginInsufficient.judge(entry, engine);
  if (verdict !== PASS) note(findings, 37, verdict);
  verdict = orderRate.judge(entry, engine);
  if (verdict !== PASS) note(findings, 38, verdict);
}

function note(findings: Findings, rule: number, verdict: number): void {
  if (verdict === verdicts.violated) findings.violatedRules[findings.violated++] = rule;
  else findings.skippedRules[findings.skipped++] = rule;
}
