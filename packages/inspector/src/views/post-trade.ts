import type { ClosedTrade } from './trade-journal.ts';

/** Figures over a set of closed trades; a mean or ratio is null where nothing stands under it. */
interface TradeFigures {
  trades: number;
  wins: number;
  losses: number;
  winRatePct: number | null;
  realizedPnlUsd: number;
  feesUsd: number;
  meanWinUsd: number | null;
  meanLossUsd: number | null;
  /** Sum of wins over sum of losses; null without a loss. */
  profitFactor: number | null;
  /** Mean result of a trade. */
  expectancyUsd: number | null;
  meanHoldSeconds: number | null;
  meanEntrySlippagePct: number | null;
  meanExitSlippagePct: number | null;
  meanAdverseExcursionPct: number | null;
  meanFavourableExcursionPct: number | null;
  nakedMsMax: number;
}

export interface PostTradeAnalysis {
  total: TradeFigures;
  byCode: Record<string, TradeFigures>;
  bySymbol: Record<string, TradeFigures>;
  byDetector: Record<string, TradeFigures>;
}

/** Detector of trades that none opened. */
const NO_DETECTOR = 'none';

export function postTradeAnalysis(trades: readonly ClosedTrade[]): PostTradeAnalysis {
  return {
    total: figuresOf(trades),
    byCode: figuresBy(trades, (trade) => trade.code),
    bySymbol: figuresBy(trades, (trade) => trade.position.symbol),
    byDetector: figuresBy(trades, (trade) => trade.position.detectorSysname ?? NO_DETECTOR),
  };
}

function figuresBy(
  trades: readonly ClosedTrade[],
  keyOf: (trade: ClosedTrade) => string,
): Record<string, TradeFigures> {
  const groups = Map.groupBy(trades, keyOf);
  return Object.fromEntries(Array.from(groups, ([key, group]) => [key, figuresOf(group)]));
}

function figuresOf(trades: readonly ClosedTrade[]): TradeFigures {
  const wins = trades.filter((trade) => trade.position.realizedPnlUsd > 0);
  const losses = trades.filter((trade) => trade.position.realizedPnlUsd < 0);
  const won = sum(wins.map((trade) => trade.position.realizedPnlUsd));
  const lost = -sum(losses.map((trade) => trade.position.realizedPnlUsd));
  const realizedPnlUsd = sum(trades.map((trade) => trade.position.realizedPnlUsd));
  return {
    trades: trades.length,
    wins: wins.length,
    losses: losses.length,
    winRatePct: trades.length === 0 ? null : (wins.length / trades.length) * 100,
    realizedPnlUsd,
    feesUsd: sum(trades.map((trade) => trade.position.feesUsd)),
    meanWinUsd: wins.length === 0 ? null : won / wins.length,
    meanLossUsd: losses.length === 0 ? null : -lost / losses.length,
    profitFactor: lost === 0 ? null : won / lost,
    expectancyUsd: trades.length === 0 ? null : realizedPnlUsd / trades.length,
    meanHoldSeconds: mean(trades, (trade) => (trade.ts - trade.position.entryTime) / 1000),
    meanEntrySlippagePct: mean(trades, (trade) => trade.entrySlippagePct),
    meanExitSlippagePct: mean(trades, (trade) => trade.exitSlippagePct),
    meanAdverseExcursionPct: mean(trades, (trade) => trade.adverseExcursionPct),
    meanFavourableExcursionPct: mean(trades, (trade) => trade.favourableExcursionPct),
    nakedMsMax: trades.reduce((most, trade) => Math.max(most, trade.nakedMs ?? 0), 0),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Mean over the trades that have a value. */
function mean(trades: readonly ClosedTrade[], figureOf: (trade: ClosedTrade) => number | null): number | null {
  const values = trades.map(figureOf).filter((value) => value !== null);
  return values.length === 0 ? null : sum(values) / values.length;
}
