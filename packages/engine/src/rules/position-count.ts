/** Positions that are open or reserved, legacy included, one a symbol. */
import type { Entry } from '#decisions/entry.ts';
import type { Account } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';

/** True when the request adds to what is open or on its way. */
export function isOpenOrReserved(entry: Entry): boolean {
  return entry.position !== undefined || entry.reservedQuantity > 0;
}

export function countPositions(engine: Engine, account: Account): number {
  return account.reservations.size === 0 ? account.positions.size : openOrReservedSymbols(engine, account).size;
}

export function openOrReservedSymbols(engine: Engine, account: Account): Set<number> {
  const symbols = new Set(account.positions.keys());
  for (const id of account.reservations) symbols.add(engine.orders.get(id)!.symbol);
  return symbols;
}
