import type { SymbolsResponse } from '@inspector/contract';
import type { MarketSymbol } from './symbol-key.ts';
import { useSymbols } from './venue-queries.ts';

const bySymbols = new WeakMap<SymbolsResponse, ReadonlyMap<string, number>>();

/** Built once for each answer: a market has thousands of symbols and a table asks for each row. */
function tickSizesOf(symbols: SymbolsResponse): ReadonlyMap<string, number> {
  const known = bySymbols.get(symbols);
  if (known !== undefined) return known;
  const made = new Map(symbols.data.map(({ name, tickSize }) => [name, tickSize]));
  bySymbols.set(symbols, made);
  return made;
}

/** Step of a symbol's price at its venue; undefined while it is not known. */
export function useTickSize({ connectorType, marketType, symbol }: MarketSymbol): number | undefined {
  const { data } = useSymbols({ connectorType, marketType });
  const tickSize = data === undefined ? undefined : tickSizesOf(data).get(symbol);
  return tickSize !== undefined && tickSize > 0 ? tickSize : undefined;
}
