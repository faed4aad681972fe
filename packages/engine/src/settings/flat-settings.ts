/** The options' groups as one flat object, in which each rule finds its limits. */
import type { Options } from '@inspector/contract';

export type Settings = Options['riskManagement'] &
  Options['assetManagement'] &
  Options['tradeSettings'] &
  Options['strategyLogic'] &
  Options['protection'] & { noTradeWindows: Options['noTradeWindows']; policies: Options['policies'] };

/** Written out field by field: an object put together by copying becomes a slow dictionary, and every rule reads it. */
export function flatSettings(options: Options): Settings {
  const { noTradeWindows, policies, protection } = options;
  const { riskManagement: risk, assetManagement: assets, tradeSettings: trade, strategyLogic: strategy } = options;
  return {
    takeProfitPercent: risk.takeProfitPercent,
    stopLossPercent: risk.stopLossPercent,
    breakevenPercent: risk.breakevenPercent,
    breakevenBufferPercent: risk.breakevenBufferPercent,
    maxDailyLossPercent: risk.maxDailyLossPercent,
    maxDailyProfitPercent: risk.maxDailyProfitPercent,
    maxDrawdownPercent: risk.maxDrawdownPercent,
    maxLossTradesPerDay: risk.maxLossTradesPerDay,
    maxTradesPerDay: risk.maxTradesPerDay,
    riskPerTradePercent: risk.riskPerTradePercent,
    minRiskRewardRatio: risk.minRiskRewardRatio,
    maxCorrelatedPositions: risk.maxCorrelatedPositions,
    correlatedGroups: risk.correlatedGroups,
    maxPortfolioExposurePercent: risk.maxPortfolioExposurePercent,
    maxOpenPositions: risk.maxOpenPositions,
    takeProfitMode: risk.takeProfitMode,
    excludedAssets: assets.excludedAssets,
    preferredAssets: assets.preferredAssets,
    restrictToPreferred: assets.restrictToPreferred,
    slippageTolerancePercent: assets.slippageTolerancePercent,
    spreadTolerancePercent: assets.spreadTolerancePercent,
    maxSpreadForClosePercent: assets.maxSpreadForClosePercent,
    minTopDepthUsdForClose: assets.minTopDepthUsdForClose,
    priceCollarPercent: assets.priceCollarPercent,
    maxCloseDeferralSeconds: assets.maxCloseDeferralSeconds,
    maxPositionHoldTime: trade.maxPositionHoldTime,
    maxPositionSizePercent: trade.maxPositionSizePercent,
    minPositionSizePercent: trade.minPositionSizePercent,
    maxLeverage: trade.maxLeverage,
    defaultLeverage: trade.defaultLeverage,
    trailingStopPercent: trade.trailingStopPercent,
    trailingTakeProfitPercent: trade.trailingTakeProfitPercent,
    marginMode: trade.marginMode,
    maxOrderNotionalUsd: trade.maxOrderNotionalUsd,
    maxOrdersPerSecond: trade.maxOrdersPerSecond,
    priceStaleMs: trade.priceStaleMs,
    cooldownPeriod: strategy.cooldownPeriod,
    maxConsecutiveLosses: strategy.maxConsecutiveLosses,
    minROIThreshold: strategy.minROIThreshold,
    maxROIThreshold: strategy.maxROIThreshold,
    enableStressPolicy: strategy.enableStressPolicy,
    stressSpreadTriggerPercent: strategy.stressSpreadTriggerPercent,
    targetDetectorSysname: strategy.targetDetectorSysname,
    autoThrottleDetectors: strategy.autoThrottleDetectors,
    nakedMaxMs: protection.nakedMaxMs,
    replaceMinMs: protection.replaceMinMs,
    confirmMs: protection.confirmMs,
    hardMultiple: protection.hardMultiple,
    onNaked: protection.onNaked,
    triggerBy: protection.triggerBy,
    noTradeWindows,
    policies,
  };
}
