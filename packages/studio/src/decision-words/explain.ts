import type { Decision, DecisionCode, Violation } from '@inspector/contract';
import { asClause, type Explain, type Reason, type RefusalFacts } from './facts.ts';
import { figure, price } from './figures.ts';
import * as limits from './limit-reasons.ts';
import * as market from './market-reasons.ts';
import * as requests from './request-reasons.ts';
import * as sizes from './size-reasons.ts';

/** How each code explains itself. A code without its own words does not compile. */
const reasons: Readonly<Record<Exclude<DecisionCode, 'OK'>, Explain>> = {
  REQUEST_INVALID: requests.requestInvalid,
  REQUEST_EXPIRED: requests.requestExpired,
  REQUEST_DUPLICATE: requests.requestDuplicate,
  KILL_SWITCH_ACTIVE: requests.killSwitchActive,
  STAND_DOWN_ACTIVE: requests.standDownActive,
  LEASE_EXPIRED: requests.leaseExpired,
  NOT_RECONCILED: requests.notReconciled,
  STREAM_GAP: requests.streamGap,
  SYMBOL_UNKNOWN: requests.symbolUnknown,
  SYMBOL_EXCLUDED: requests.symbolExcluded,
  SYMBOL_NOT_PREFERRED: requests.symbolNotPreferred,
  LEGACY_POSITION: requests.legacyPosition,
  PRICE_MISSING: requests.priceMissing,
  PRICE_STALE: requests.priceStale,
  EQUITY_UNKNOWN: requests.equityUnknown,
  NO_TRADE_WINDOW: requests.noTradeWindow,
  COOLDOWN_ACTIVE: requests.cooldownActive,
  CONSECUTIVE_LOSSES: limits.consecutiveLosses,
  LOSS_TRADES_PER_DAY: limits.lossTradesPerDay,
  TRADES_PER_DAY: limits.tradesPerDay,
  DAILY_LOSS: limits.dailyLoss,
  DAILY_PROFIT: limits.dailyProfit,
  DRAWDOWN: limits.drawdown,
  OPEN_POSITIONS: limits.openPositions,
  CORRELATED_POSITIONS: limits.correlatedPositions,
  SPREAD: market.spread,
  SLIPPAGE: market.slippage,
  PRICE_COLLAR: market.priceCollar,
  ORDER_NOTIONAL: market.orderNotional,
  LEVERAGE: market.leverage,
  POSITION_SIZE_MAX: sizes.positionSizeMax,
  POSITION_SIZE_MIN: sizes.positionSizeMin,
  RISK_UNBOUNDED: market.riskUnbounded,
  RISK_PER_TRADE: sizes.riskPerTrade,
  RISK_REWARD: market.riskReward,
  ROI_RANGE: market.roiRange,
  PORTFOLIO_EXPOSURE: sizes.portfolioExposure,
  MARGIN_INSUFFICIENT: sizes.marginInsufficient,
  ORDER_RATE: limits.orderRate,
  NO_POSITION: requests.noPosition,
};

/** What one violation says, and what would let the request pass it. */
export function explainViolation(violation: Violation, facts: RefusalFacts): Reason {
  const explain = violation.code === 'OK' ? undefined : reasons[violation.code];
  // A newer server may know a code that this page does not: its own words are shown.
  return explain?.(violation, facts) ?? { what: violation.message.replace(/\.$/, ''), remedy: '' };
}

const begins: Readonly<Record<Decision['decision'], string>> = {
  ALLOW: 'Allowed',
  BLOCK: 'Refused',
  THROTTLE: 'Dropped',
};

/** The whole decision in plain words: what was decided, by which figures, and what would let it through. */
export function explainDecision(
  decision: Pick<Decision, 'decision' | 'violations' | 'message'>,
  facts: RefusalFacts,
): string {
  const [first] = decision.violations;
  if (decision.decision === 'ALLOW') return `Allowed: ${allowed(facts) ?? asClause(decision.message)}.`;
  if (first === undefined) return `${begins[decision.decision]}: ${decision.message}`;
  const { what, remedy } = explainViolation(first, facts);
  const others = decision.violations.length - 1;
  const more = others === 0 ? '' : ` ${others === 1 ? 'Another rule refuses' : `${others} other rules refuse`} it too.`;
  return `${begins[decision.decision]}: ${what}. ${remedy}${more}`.trim();
}

/** What was let in: `0.01 BTCUSDT at 60,000, 600 USD, 3 USD at risk`. Undefined for exits, which are not priced. */
function allowed({ decision, symbol }: RefusalFacts): string | undefined {
  const { quantity, price: at, notionalUsd, riskUsd } = decision.sizing;
  if (at === null) return undefined;
  const parts = [`${figure(quantity, 'base')} ${symbol} at ${price(at)}`];
  if (notionalUsd !== null) parts.push(figure(notionalUsd, 'USD'));
  if (riskUsd !== null) parts.push(`${figure(riskUsd, 'USD')} at risk`);
  const warnings = decision.inputs.warnings?.length ?? 0;
  if (warnings > 0) parts.push(`${warnings === 1 ? '1 limit warns' : `${warnings} limits warn`}`);
  return parts.join(', ');
}
