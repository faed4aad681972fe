import type { Options } from '@inspector/contract';
import { formatDuration, formatNumber } from '#terminal/numbers.ts';

/** The limits that matter most, as name and value; a limit that is off says so. */
export function limitLines(options: Options): [name: string, value: string][] {
  const { riskManagement: risk, tradeSettings: trade, strategyLogic: strategy, assetManagement: asset } = options;
  const orOff = (value: number, text: string): string => (value === 0 ? 'off' : text);
  const percent = (value: number): string => orOff(value, `${formatNumber(value)} %`);
  const number = (value: number): string => orOff(value, formatNumber(value));
  return [
    ['daily loss', percent(risk.maxDailyLossPercent)],
    ['drawdown', percent(risk.maxDrawdownPercent)],
    ['daily profit', percent(risk.maxDailyProfitPercent)],
    ['risk per trade', percent(risk.riskPerTradePercent)],
    ['position size', percent(trade.maxPositionSizePercent)],
    ['exposure', percent(risk.maxPortfolioExposurePercent)],
    ['open positions', number(risk.maxOpenPositions)],
    ['trades a day', number(risk.maxTradesPerDay)],
    ['losses in a row', number(strategy.maxConsecutiveLosses)],
    ['cooldown', orOff(strategy.cooldownPeriod, formatDuration(strategy.cooldownPeriod * 1000))],
    ['leverage', `${formatNumber(trade.maxLeverage)}x`],
    ['spread', percent(asset.spreadTolerancePercent)],
    ['stop loss', percent(risk.stopLossPercent)],
    ['take profit', percent(risk.takeProfitPercent)],
    ['trailing stop', percent(trade.trailingStopPercent)],
  ];
}
