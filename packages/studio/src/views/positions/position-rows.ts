import type { PositionRuntimeState, PricesResponse } from '@inspector/contract';

export interface PositionRow {
  position: PositionRuntimeState;
  /** The price that values it is older than the options allow, or missing. */
  isStale: boolean;
}

export type PositionFilter = 'all' | 'runtime' | 'legacy' | 'naked';

/** Positions, legacy and runtime, of which nothing says what they can lose. */
interface WithoutStop {
  count: number;
  /** Null: the worth of one of them is not known. */
  notionalUsd: number | null;
}

/** What stands above the table. Money in USD; sums of what is known. */
export interface PositionTotals {
  counts: Record<PositionFilter, number>;
  unrealizedPnlUsd: number;
  notionalUsd: number;
  /** Of the positions that have a stop; null: none has one. */
  riskUsd: number | null;
  withoutStop: WithoutStop;
  /** Positions without a value: the sums do not have them. */
  unknown: number;
}

const isNaked = ({ protection, ownership }: PositionRuntimeState): boolean =>
  ownership === 'runtime' && protection.nakedQuantity > 0;

function passes(position: PositionRuntimeState, filter: PositionFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'naked':
      return isNaked(position);
    default:
      return position.ownership === filter;
  }
}

/** Rows of the table: by filter, and by words that each must be in symbol, account, side, detector or source. */
export function positionRows(
  positions: readonly PositionRuntimeState[],
  prices: PricesResponse | undefined,
  { filter, text }: { filter: PositionFilter; text: string },
): PositionRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return positions
    .filter((position) => passes(position, filter) && words.every((word) => searchText(position).includes(word)))
    .map((position) => {
      const price = prices?.[`${position.connectorType}:${position.marketType}:${position.symbol}`];
      return { position, isStale: position.markPrice === null || price?.stale === true };
    });
}

const searchText = ({ symbol, accountKey, side, detectorSysname = '', source }: PositionRuntimeState): string =>
  `${symbol} ${accountKey} ${side} ${detectorSysname} ${source}`.toLowerCase();

export function positionTotals(positions: readonly PositionRuntimeState[]): PositionTotals {
  const totals: PositionTotals = {
    counts: { all: positions.length, runtime: 0, legacy: 0, naked: 0 },
    unrealizedPnlUsd: 0,
    notionalUsd: 0,
    riskUsd: null,
    withoutStop: withoutStopOf(positions),
    unknown: 0,
  };
  for (const position of positions) {
    totals.counts[position.ownership] += 1;
    if (isNaked(position)) totals.counts.naked += 1;
    if (position.unrealizedPnlUsd === null || position.notionalUsd === null) totals.unknown += 1;
    totals.unrealizedPnlUsd += position.unrealizedPnlUsd ?? 0;
    totals.notionalUsd += position.notionalUsd ?? 0;
    if (position.stopLoss !== null) totals.riskUsd = (totals.riskUsd ?? 0) + (position.riskUsd ?? 0);
  }
  return totals;
}

function withoutStopOf(positions: readonly PositionRuntimeState[]): WithoutStop {
  const bare = positions.filter(({ stopLoss }) => stopLoss === null);
  const isKnown = bare.every(({ notionalUsd }) => notionalUsd !== null);
  const notionalUsd = bare.reduce((sum, position) => sum + (position.notionalUsd ?? 0), 0);
  return { count: bare.length, notionalUsd: isKnown ? notionalUsd : null };
}
