/** Options for tests: every limit off, so that a test turns on what it is about. */
import { defaultOptions, mergeOptions, type Options } from '@inspector/contract';

/** Everything that can refuse, close or move by itself is off; leverage 10, prices fresh for 5 s, 1.5 s to confirm. */
export const limitsOff = {
  riskManagement: {
    takeProfitPercent: 0,
    stopLossPercent: 0,
    breakevenPercent: 0,
    breakevenBufferPercent: 0,
    maxDailyLossPercent: 0,
    maxDailyProfitPercent: 0,
    maxDrawdownPercent: 0,
    maxLossTradesPerDay: 0,
    maxTradesPerDay: 0,
    riskPerTradePercent: 0,
    minRiskRewardRatio: 0,
    maxCorrelatedPositions: 0,
    correlatedGroups: [],
    maxPortfolioExposurePercent: 0,
    maxOpenPositions: 0,
    takeProfitMode: 'static',
  },
  assetManagement: {
    slippageTolerancePercent: 0,
    spreadTolerancePercent: 0,
    maxSpreadForClosePercent: 0,
    minTopDepthUsdForClose: 0,
    priceCollarPercent: 0,
  },
  tradeSettings: {
    maxPositionHoldTime: 0,
    maxPositionSizePercent: 0,
    minPositionSizePercent: 0,
    maxLeverage: 0,
    defaultLeverage: 10,
    trailingStopPercent: 0,
    trailingTakeProfitPercent: 0,
    maxOrderNotionalUsd: 0,
    maxOrdersPerSecond: 0,
    priceStaleMs: 5000,
  },
  strategyLogic: {
    cooldownPeriod: 0,
    maxConsecutiveLosses: 0,
    minROIThreshold: 0,
    maxROIThreshold: 0,
    enableStressPolicy: false,
    stressSpreadTriggerPercent: 1,
    autoThrottleDetectors: false,
  },
} as const;

/** `patch` over the switched-off base; throws with every violation when it is no valid patch. */
export function optionsWith(patch: object = {}, base: Options = merged(defaultOptions, limitsOff)): Options {
  return merged(base, patch);
}

function merged(base: Options, patch: object): Options {
  const result = mergeOptions(base, patch);
  if ('errors' in result) throw new Error(result.errors.map(({ path, message }) => `${path} ${message}`).join('; '));
  return result.options;
}
