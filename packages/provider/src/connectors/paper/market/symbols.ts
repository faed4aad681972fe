import type { SymbolSpec } from '@inspector/contract';

/** What makes one simulated symbol different from another. */
export interface SymbolProfile {
  spec: SymbolSpec;
  /** Price to which it slowly returns, so that days of simulation stay sane. */
  anchorPrice: number;
  /** How strongly it follows the common factor. */
  beta: number;
  /** Standard deviation of its own return over one minute, in percent. */
  ownMinutePct: number;
  /** Spread in calm, in percent of mid. */
  calmSpreadPct: number;
  /** Notional of one book level in calm. */
  levelDepthUsd: number;
  tradesPerSecond: number;
  booksPerSecond: number;
}

type Row = [
  baseAsset: string,
  anchorPrice: number,
  tickSize: number,
  stepSize: number,
  maxLeverage: number,
  beta: number,
  ownMinutePct: number,
  calmSpreadPct: number,
  levelDepthUsd: number,
  tradesPerSecond: number,
  booksPerSecond: number,
];

const rows: Row[] = [
  ['BTC', 64_000, 0.1, 0.001, 125, 1.0, 0.03, 0.004, 240_000, 7, 8],
  ['ETH', 3_200, 0.01, 0.001, 100, 1.15, 0.05, 0.006, 140_000, 5, 6],
  ['SOL', 150, 0.01, 0.01, 50, 1.35, 0.08, 0.012, 60_000, 3, 5],
  ['BNB', 580, 0.01, 0.01, 50, 0.8, 0.05, 0.01, 50_000, 2, 4],
  ['XRP', 0.55, 0.0001, 0.1, 50, 0.9, 0.08, 0.02, 40_000, 2, 4],
  ['AVAX', 28, 0.001, 0.1, 50, 1.4, 0.1, 0.03, 25_000, 1.5, 4],
  ['DOGE', 0.12, 0.00001, 1, 50, 1.3, 0.1, 0.02, 35_000, 1.5, 4],
  ['LINK', 14, 0.001, 0.01, 50, 1.2, 0.09, 0.025, 25_000, 1.5, 4],
];

/** The eight symbols of the simulated market, most liquid first. */
export const simulatedSymbols: readonly SymbolProfile[] = rows.map(
  ([
    baseAsset,
    anchorPrice,
    tickSize,
    stepSize,
    maxLeverage,
    beta,
    ownMinutePct,
    calmSpreadPct,
    levelDepthUsd,
    tradesPerSecond,
    booksPerSecond,
  ]) => ({
    spec: {
      name: `${baseAsset}USDT`,
      baseAsset,
      quoteAsset: 'USDT',
      status: 'TRADING',
      tickSize,
      stepSize,
      minQuantity: stepSize,
      minNotional: 5,
      maxLeverage,
      maintenanceMarginPercent: 50 / maxLeverage,
    },
    anchorPrice,
    beta,
    ownMinutePct,
    calmSpreadPct,
    levelDepthUsd,
    tradesPerSecond,
    booksPerSecond,
  }),
);
