/**
 * Every code that a decision can carry, each with the sentence that explains it.
 * The order of the entry codes is their precedence: a decision's `code` is the first one violated.
 */

/** What each entry rule refuses, in the order in which the rules are judged. */
export const entryCodeSentences = {
  REQUEST_INVALID:
    'A field is missing, of the wrong type or not finite; the quantity is not above 0; no size is given while `riskPerTradePercent` is 0; a stop or target lies on the wrong side of the price; or it opens against an open or reserved position of the other side.',
  REQUEST_EXPIRED: '`expiresAt` lies before now.',
  REQUEST_DUPLICATE:
    'The `requestId` was approved in the last 24 h or refused in the last 60 s: the first decision is answered again and nothing else happens.',
  KILL_SWITCH_ACTIVE: 'A kill switch covers the scope and is not re-armed.',
  STAND_DOWN_ACTIVE: 'A lock set by hand covers the scope.',
  LEASE_EXPIRED: 'The detector has a lease and let it run out.',
  NOT_RECONCILED:
    'The first comparison of the account with the venue has not succeeded, or a difference is unresolved.',
  STREAM_GAP: 'Account events are missing for the account.',
  SYMBOL_UNKNOWN: "The symbol is not among the venue's, is not trading, or cannot be sold short there.",
  SYMBOL_EXCLUDED: "The symbol's name or base asset is in `excludedAssets`.",
  SYMBOL_NOT_PREFERRED: '`restrictToPreferred` is on and neither name nor base asset is in `preferredAssets`.',
  LEGACY_POSITION: 'The symbol holds a legacy position, which Inspector does not touch until it is adopted.',
  PRICE_MISSING: 'The symbol never had a valuation price.',
  PRICE_STALE: 'No valuation price of the symbol is fresh.',
  EQUITY_UNKNOWN: 'The balance is unknown, or an open position has no fresh price.',
  NO_TRADE_WINDOW: 'Now lies inside a no-trade window.',
  COOLDOWN_ACTIVE: "Less than `cooldownPeriod` seconds have passed since the account's last losing close.",
  CONSECUTIVE_LOSSES: 'The loss streak reached `maxConsecutiveLosses` and its lock is on.',
  LOSS_TRADES_PER_DAY: "Today's losing trades reach `maxLossTradesPerDay`.",
  TRADES_PER_DAY: "Today's approved entries reach `maxTradesPerDay`.",
  DAILY_LOSS: "The day's loss reaches `maxDailyLossPercent`, or its lock is on.",
  DAILY_PROFIT: "The day's profit reaches `maxDailyProfitPercent`, or its lock is on.",
  DRAWDOWN: 'The drawdown from the equity peak reaches `maxDrawdownPercent`, or its lock is on.',
  OPEN_POSITIONS: 'Open and reserved positions reach `maxOpenPositions`.',
  CORRELATED_POSITIONS:
    'Open and reserved positions of the same correlated group reach `maxCorrelatedPositions`, the symbol itself excepted.',
  SPREAD: 'The spread exceeds `spreadTolerancePercent`, or the book is stale.',
  SLIPPAGE:
    'Walking the book for the quantity costs more than `slippageTolerancePercent` against mid, or the book is too thin or stale.',
  PRICE_COLLAR: 'The limit price lies further than `priceCollarPercent` from the valuation price.',
  ORDER_NOTIONAL: 'Quantity times price exceeds `maxOrderNotionalUsd`.',
  LEVERAGE: "The leverage exceeds `maxLeverage` or the venue's own maximum.",
  POSITION_SIZE_MAX: 'Existing, reserved and requested quantity together exceed `maxPositionSizePercent` of equity.',
  POSITION_SIZE_MIN:
    "The requested notional is below `minPositionSizePercent` of equity, or below the venue's minimum quantity or notional.",
  RISK_UNBOUNDED:
    '`riskPerTradePercent` is set and there is no stop, or in isolated margin the stop lies beyond the estimated liquidation price.',
  RISK_PER_TRADE:
    'Existing, reserved and requested quantity times the stop distance exceed `riskPerTradePercent` of equity.',
  RISK_REWARD: 'The target distance divided by the stop distance is below `minRiskRewardRatio`.',
  ROI_RANGE: 'The expected return lies below `minROIThreshold` or above `maxROIThreshold`.',
  PORTFOLIO_EXPOSURE: 'Open, reserved and requested notional together exceed `maxPortfolioExposurePercent` of equity.',
  MARGIN_INSUFFICIENT: 'The margin needed exceeds the available balance less reserved margin.',
  ORDER_RATE:
    "The account's approvals in the last second reach `maxOrdersPerSecond`: the request is dropped, never queued.",
} as const;

/** Codes of the 39 entry rules. */
export type EntryCode = keyof typeof entryCodeSentences;

/** The entry codes in the order of their precedence. */
export const entryCodes = Object.keys(entryCodeSentences) as readonly EntryCode[];

/** `OK`, the entry codes in the order of their precedence, and `NO_POSITION` of exits. */
export const decisionCodes: readonly DecisionCode[] = ['OK', ...entryCodes, 'NO_POSITION'];

export type DecisionCode = 'OK' | EntryCode | 'NO_POSITION';

export const decisionCodeSentences: Readonly<Record<DecisionCode, string>> = {
  OK: 'No rule is violated.',
  ...entryCodeSentences,
  NO_POSITION: 'There is no open position of the named side to close or reduce.',
};

/** Verdicts of a decision. `THROTTLE` drops the request without queueing it. */
export const verdicts = ['ALLOW', 'BLOCK', 'THROTTLE'] as const;
export type Verdict = (typeof verdicts)[number];
