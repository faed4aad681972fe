/** Symbols: their listing by integer id, and the venue's specifications. */
import type { SymbolListedInput, SymbolsInput } from '#input.ts';
import { settingsFor } from '#settings/settings.ts';
import { growConditions } from '#state/conditions.ts';
import type { Engine } from '#state/engine.ts';
import { indexSymbol, symbolIdOf, symbolKeyOf } from '#state/keys.ts';
import { addSymbol } from '#state/symbols.ts';
import { clockIndex } from './connector-clock.ts';

/** Id of a symbol that the venue speaks of; it is listed when it never was, for what is held there counts all the same. */
export function ensureSymbol(engine: Engine, connectorType: string, marketType: string, name: string): number {
  const known = symbolIdOf(engine, connectorType, marketType, name);
  if (known >= 0) return known;
  const symbol = engine.symbols.count;
  onSymbolListed(engine, { kind: 'symbol-listed', now: engine.now, symbol, connectorType, marketType, name });
  return symbol;
}

export function onSymbolListed(engine: Engine, input: SymbolListedInput): void {
  const { connectorType, marketType, name } = input;
  const key = symbolKeyOf(connectorType, marketType, name);
  if (engine.symbols.ids.has(key)) return;
  const { priceStaleMs } = settingsFor(engine.settings, `${connectorType}:${marketType}`, name, null);
  const clock = clockIndex(engine, connectorType);
  const id = addSymbol(engine.symbols, { key, connectorType, marketType, name, clock, staleMs: priceStaleMs });
  indexSymbol(engine, name, id);
  growConditions(engine.conditions, engine.symbols.head.length);
}

/** The whole list of one venue and market: what is not in it any more is not traded any more. */
export function onSymbols(engine: Engine, input: SymbolsInput): void {
  const { connectorType, marketType } = input;
  const { symbols } = engine;
  const listed = new Set<number>();
  for (const spec of input.symbols) {
    const key = symbolKeyOf(connectorType, marketType, spec.name);
    if (!symbols.ids.has(key)) {
      onSymbolListed(engine, {
        kind: 'symbol-listed',
        now: input.now,
        symbol: symbols.count,
        connectorType,
        marketType,
        name: spec.name,
      });
    }
    const id = symbols.ids.get(key)!;
    symbols.specs[id] = { ...spec };
    listed.add(id);
  }
  for (let id = 0; id < symbols.count; id++) {
    if (symbols.connectorTypes[id] === connectorType && symbols.marketTypes[id] === marketType && !listed.has(id)) {
      symbols.specs[id] = null;
    }
  }
}
