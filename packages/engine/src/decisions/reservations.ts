/** Approved entries that are not yet filled or dead: they count as if filled (semantics 3). */
import type { Engine } from '#state/engine.ts';
import { type OrderState, remainingQuantity } from '#state/orders.ts';

/** Brings the account's reserved sums up to date with what of the entry is still to be filled. */
export function updateReservation(engine: Engine, state: OrderState): void {
  if (state.purpose !== 'ENTRY' || !state.own) return;
  const reserved = state.phase === 'done' ? 0 : remainingQuantity(state);
  const account = engine.accounts[state.account]!;
  const change = (reserved - state.reservedQuantity) * state.price;
  state.reservedQuantity = reserved;
  account.reservedNotional += change;
  account.reservedMargin += change / state.leverage;
  if (reserved > 0) account.reservations.add(state.clientOrderId);
  else account.reservations.delete(state.clientOrderId);
  if (account.reservations.size === 0) {
    // Exactly nothing, whatever the additions and subtractions before it left over.
    account.reservedNotional = 0;
    account.reservedMargin = 0;
  }
}
