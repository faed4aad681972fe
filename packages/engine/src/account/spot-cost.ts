import type { VenuePosition } from '#input.ts';
import { isSame } from '#number/compare.ts';
import { positionAt, quantityOf, recordPosition, setQuantity } from '#positions/positions.ts';
import type { Account } from '#state/accounts.ts';
import type { Engine } from '#state/engine.ts';
import { symbolIdOf } from '#state/keys.ts';

/**
 * On spot a venue gives no entry price: whoever reads it counts each holding at a cost, and the wallet contains that cost.
 * Counted anew, after a restart of the reader, cost and wallet move together: the account is worth what it was.
 */
export function takeSpotCosts(engine: Engine, account: Account, positions: readonly VenuePosition[]): void {
  if (account.marketType !== 'spot') return;
  for (const shown of positions) {
    const symbol = symbolIdOf(engine, account.connectorType, account.marketType, shown.symbol);
    const position = symbol === -1 ? undefined : positionAt(engine, account.index, symbol);
    if (position === undefined) continue;
    const quantity = quantityOf(engine, position);
    const entry = engine.table.entryPrice[position.slot]!;
    if (!isSame(quantity, shown.quantity) || isSame(entry, shown.entryPrice)) continue;
    account.containedUsd += (shown.entryPrice - entry) * quantity;
    // Its stop and target stay where they are: they were set from what was paid.
    setQuantity(engine, position, quantity, shown.entryPrice);
    recordPosition(engine, 'POSITION_UPDATED', position);
  }
}
