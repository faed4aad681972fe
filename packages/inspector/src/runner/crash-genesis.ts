import { defaultOptions, mergeOptions } from '@inspector/contract';
import { UTC } from '@inspector/engine';
import type { Genesis } from './engine-core.ts';

/** Limits that let most entries pass: the crash test wants orders, not refusals. */
const merged = mergeOptions(defaultOptions, {
  riskManagement: {
    maxDailyLossPercent: 0,
    maxDailyProfitPercent: 0,
    maxDrawdownPercent: 0,
    maxLossTradesPerDay: 0,
    maxTradesPerDay: 0,
    minRiskRewardRatio: 0,
  },
  tradeSettings: { maxPositionSizePercent: 100, maxOrdersPerSecond: 1000 },
  strategyLogic: { cooldownPeriod: 0, maxConsecutiveLosses: 0 },
});
if ('errors' in merged) throw new Error(JSON.stringify(merged.errors));

export const crashGenesis: Genesis = { options: merged.options, zone: UTC, appKey: 'inspector' };
