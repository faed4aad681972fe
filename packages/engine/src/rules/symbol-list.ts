/** Lists of symbols in the options: by name or base asset, case ignored. */
import type { Entry } from '#decisions/entry.ts';
import type { Engine } from '#state/engine.ts';

/** True when the list names the request's symbol or its base asset. */
export function names(list: readonly string[], entry: Entry, engine: Engine): boolean {
  if (list.length === 0) return false;
  const name = entry.request.symbolName.toUpperCase();
  const base = (entry.symbol >= 0 ? (engine.symbols.specs[entry.symbol]?.baseAsset ?? '') : '').toUpperCase();
  return list.some((item) => {
    const wanted = item.toUpperCase();
    return wanted === name || (base !== '' && wanted === base);
  });
}
