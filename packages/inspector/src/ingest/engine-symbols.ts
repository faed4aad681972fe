import { type Engine, symbolCount, symbolIdOf } from '@inspector/engine';
import type { ListedSymbols } from './symbol-ids.ts';

/** What one engine knows of symbols, for the decoders that feed it. */
export function engineSymbols(engine: Engine): ListedSymbols {
  return {
    idOf: (connectorType, marketType, name) => symbolIdOf(engine, connectorType, marketType, name),
    count: () => symbolCount(engine),
  };
}
