import type { EntryCode } from './decision-codes.ts';

/** What the governor can do, weakest first: the strongest action in force is the one that is shown. */
export const governorActions = ['ALLOW', 'THROTTLE', 'BLOCK', 'STAND_DOWN', 'CLOSE_ALL'] as const;
export type GovernorAction = (typeof governorActions)[number];

/**
 * When a lock ends: by hand, at the next day start, or after so many seconds. `while-it-lasts` ends with the breach
 * itself and is known to the `exposure` policy only.
 */
export type PolicyUntil = 'manual' | 'day-end' | 'while-it-lasts' | number;

interface WatchedLimit {
  code: EntryCode;
  /** Field of `riskManagement` or `strategyLogic` that holds the limit, as `group.field`. */
  option: string;
  action: GovernorAction;
  until: PolicyUntil;
  sentence: string;
}

/** The limits that are watched all the time, by the name of their policy. */
export const watchedLimits = {
  dailyLoss: {
    code: 'DAILY_LOSS',
    option: 'riskManagement.maxDailyLossPercent',
    action: 'STAND_DOWN',
    until: 'day-end',
    sentence: "the day's loss, unrealised included, reaches `maxDailyLossPercent`",
  },
  dailyProfit: {
    code: 'DAILY_PROFIT',
    option: 'riskManagement.maxDailyProfitPercent',
    action: 'STAND_DOWN',
    until: 'day-end',
    sentence: "the day's profit, unrealised included, reaches `maxDailyProfitPercent`",
  },
  drawdown: {
    code: 'DRAWDOWN',
    option: 'riskManagement.maxDrawdownPercent',
    action: 'CLOSE_ALL',
    until: 'manual',
    sentence: 'the drawdown from the equity peak reaches `maxDrawdownPercent`',
  },
  consecutiveLosses: {
    code: 'CONSECUTIVE_LOSSES',
    option: 'strategyLogic.maxConsecutiveLosses',
    action: 'STAND_DOWN',
    until: 'day-end',
    sentence: 'the loss streak reaches `maxConsecutiveLosses`',
  },
  lossTradesPerDay: {
    code: 'LOSS_TRADES_PER_DAY',
    option: 'riskManagement.maxLossTradesPerDay',
    action: 'STAND_DOWN',
    until: 'day-end',
    sentence: "today's losing trades reach `maxLossTradesPerDay`",
  },
  tradesPerDay: {
    code: 'TRADES_PER_DAY',
    option: 'riskManagement.maxTradesPerDay',
    action: 'BLOCK',
    until: 'day-end',
    sentence: "today's approved entries reach `maxTradesPerDay`",
  },
  exposure: {
    code: 'PORTFOLIO_EXPOSURE',
    option: 'riskManagement.maxPortfolioExposurePercent',
    action: 'BLOCK',
    until: 'while-it-lasts',
    sentence: 'open and reserved notional exceed `maxPortfolioExposurePercent` of equity',
  },
} as const satisfies Record<string, WatchedLimit>;

export type PolicyName = keyof typeof watchedLimits;
export type LimitCode = (typeof watchedLimits)[PolicyName]['code'];

export const policyNames = Object.keys(watchedLimits) as readonly PolicyName[];

/** Codes of the watched limits; a position that CLOSE_ALL ended carries one of them. */
export const limitCodes: readonly LimitCode[] = policyNames.map((name) => watchedLimits[name].code);
