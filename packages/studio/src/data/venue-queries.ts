import type { CandleInterval, CandlesResponse, SymbolsResponse } from '@inspector/contract';
import { queryKeys } from './query-keys.ts';
import { type Answer, RECORDED_MS, useReading } from './reading.ts';
import type { MarketSymbol } from './symbol-key.ts';

/** Symbols of a market with tick, step and bounds. */
export const useSymbols = ({ connectorType, marketType }: Omit<MarketSymbol, 'symbol'>): Answer<SymbolsResponse> =>
  useReading<SymbolsResponse>({
    key: [...queryKeys.symbols, connectorType, marketType],
    path: `/api/symbols/${encodeURIComponent(connectorType)}/${encodeURIComponent(marketType)}`,
    everyMs: 60_000,
  });

export interface CandlesWanted extends MarketSymbol {
  interval: CandleInterval;
  from?: number;
  to?: number;
}

/** Candles of a symbol, oldest first; the running one is read again every 5 s. */
export const useCandles = ({ connectorType, marketType, symbol, interval, from, to }: CandlesWanted) =>
  useReading<CandlesResponse>({
    key: [...queryKeys.candles, connectorType, marketType, symbol, interval, from, to],
    path: `/api/candles/${[connectorType, marketType, symbol, interval].map(encodeURIComponent).join('/')}`,
    query: { from, to },
    everyMs: RECORDED_MS,
    keepLast: true,
  });
