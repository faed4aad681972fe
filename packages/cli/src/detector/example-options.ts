import type { OptionsPatch } from '@inspector/contract';

/**
 * The options that `npm start` begins with: tight stops and small sizes, so that the example trades all day within its
 * limits; locks that last seconds or minutes, so that a newcomer sees them come and go. A real account wants the
 * defaults, or stricter.
 */
export const exampleOptions: OptionsPatch = {
  riskManagement: {
    takeProfitPercent: 1.2,
    stopLossPercent: 0.45,
    breakevenPercent: 0.3,
    breakevenBufferPercent: -0.12,
    maxDailyLossPercent: 5,
    maxDailyProfitPercent: 10,
    maxDrawdownPercent: 15,
    maxLossTradesPerDay: 0,
    maxTradesPerDay: 0,
    riskPerTradePercent: 0.5,
    minRiskRewardRatio: 2,
    maxCorrelatedPositions: 2,
    correlatedGroups: ['BTC,ETH,BNB', 'SOL,AVAX,LINK'],
    maxPortfolioExposurePercent: 100,
    maxOpenPositions: 6,
  },
  assetManagement: {
    excludedAssets: ['DOGE'],
    slippageTolerancePercent: 0.25,
    spreadTolerancePercent: 0.3,
    maxSpreadForClosePercent: 0.5,
  },
  tradeSettings: {
    maxPositionHoldTime: 1_800,
    maxPositionSizePercent: 10,
    trailingStopPercent: 0.4,
  },
  strategyLogic: {
    cooldownPeriod: 20,
    maxConsecutiveLosses: 4,
    stressSpreadTriggerPercent: 0.4,
  },
  policies: {
    consecutiveLosses: { action: 'STAND_DOWN', until: 90 },
  },
};
