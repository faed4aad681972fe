/** Integer ids of symbols at the edge: the tick path below does no string work. */
import type { SymbolListedInput } from '@inspector/engine';

/** What the engine knows: `symbolIdOf` and `symbolCount`, bound to it. */
export interface ListedSymbols {
  /** −1 when the engine has not been told of the symbol. */
  idOf(connectorType: string, marketType: string, name: string): number;
  count(): number;
}

/**
 * Symbols that events may introduce. Past it an event of a new symbol is dead-lettered: no stream of invented names
 * fills the memory. The largest venues list some 5,000.
 */
export const SYMBOLS_LIMIT = 100_000;

export interface SymbolIds {
  /**
   * The id of a symbol. A new one is announced first, by the input that `announce` gets; −1 when no more are taken.
   */
  of(connectorType: string, marketType: string, name: string, announce: (input: SymbolListedInput) => void): number;
}

export function createSymbolIds(listed: ListedSymbols): SymbolIds {
  const byConnector = new Map<string, Map<string, Map<string, number>>>();
  let announced = 0;

  function list(
    connectorType: string,
    marketType: string,
    name: string,
    announce: (input: SymbolListedInput) => void,
  ): number {
    const known = listed.idOf(connectorType, marketType, name);
    if (known >= 0) return known;
    // Several may be announced before the engine has stepped over the first.
    const symbol = Math.max(announced, listed.count());
    if (symbol >= SYMBOLS_LIMIT) return -1;
    announced = symbol + 1;
    announce({ kind: 'symbol-listed', now: 0, symbol, connectorType, marketType, name });
    return symbol;
  }

  return {
    of(connectorType, marketType, name, announce) {
      const byMarket = byConnector.get(connectorType) ?? new Map<string, Map<string, number>>();
      const byName = byMarket.get(marketType) ?? new Map<string, number>();
      const known = byName.get(name);
      if (known !== undefined) return known;
      const symbol = list(connectorType, marketType, name, announce);
      if (symbol < 0) return symbol;
      byConnector.set(connectorType, byMarket.set(marketType, byName.set(name, symbol)));
      return symbol;
    },
  };
}
