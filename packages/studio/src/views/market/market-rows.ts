import type { LiquidityResponse, LiquiditySnapshot, PriceSnapshot, PricesResponse } from '@inspector/contract';
import { conditionOf, eventCount, type MarketCondition } from './market-conditions.ts';

/** A symbol with its price, its book and what was recorded of both. */
export interface MarketRow {
  /** `connectorType:marketType:SYMBOL`. */
  key: string;
  symbol: string;
  connectorType: string;
  marketType: string;
  price: PriceSnapshot | undefined;
  book: LiquiditySnapshot | undefined;
  condition: MarketCondition;
}

export type MarketFilter = 'all' | 'stale' | 'events';

export interface MarketSources {
  prices: PricesResponse;
  liquidity: LiquidityResponse | undefined;
  conditions: ReadonlyMap<string, MarketCondition>;
}

/** A row for every symbol that has a price or a book. */
export function marketRows({ prices, liquidity = {}, conditions }: MarketSources): MarketRow[] {
  const keys = new Set([...Object.keys(prices), ...Object.keys(liquidity)]);
  return [...keys].map((key) => {
    const price = prices[key];
    const book = liquidity[key];
    const [connectorType = '', marketType = '', ...rest] = key.split(':');
    return {
      key,
      symbol: price?.symbol ?? book?.symbol ?? rest.join(':'),
      connectorType,
      marketType,
      price,
      book,
      condition: conditionOf(conditions, key),
    };
  });
}

/** Without a price nothing can be valued: that is stale too. */
export const isStale = ({ price }: MarketRow): boolean => price === undefined || price.price === null || price.stale;

function passes(row: MarketRow, filter: MarketFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'stale':
      return isStale(row);
    case 'events':
      return eventCount(row.condition) > 0;
  }
}

/** Rows that pass the filter and hold every word in key, source or regime. */
export function filteredRows(rows: readonly MarketRow[], filter: MarketFilter, text: string): readonly MarketRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const searched = `${row.key} ${row.price?.source ?? ''} ${row.condition.regime?.regime ?? ''}`.toLowerCase();
    return passes(row, filter) && words.every((word) => searched.includes(word));
  });
}

export const filterCounts = (rows: readonly MarketRow[]): Record<MarketFilter, number> => ({
  all: rows.length,
  stale: rows.filter((row) => passes(row, 'stale')).length,
  events: rows.filter((row) => passes(row, 'events')).length,
});
