/** What of the account's own trades counts for the price of what it holds. */
export interface SpotTrade {
  symbol: string;
  side: 'BUY' | 'SELL';
  /** Base units that came or went: without a fee that was taken from them. */
  quantity: number;
  price: number;
  time: number;
}

/**
 * Mean price of what is held now, and the market in which it was traded last. Begins at the last time when no more was held
 * than `dust`; where the trades do not reach back so far, what was held before them counts at the price of the first.
 * Undefined without trades. `trades` oldest first.
 */
export function entryFromTrades(
  trades: readonly SpotTrade[],
  { quantity, dust }: { quantity: number; dust: number },
): { symbol: string; entryPrice: number } | undefined {
  const last = trades.at(-1);
  if (last === undefined) return undefined;
  const { from, heldBefore } = beginning(trades, quantity, dust);
  let held = heldBefore;
  let entryPrice = trades[from]!.price;
  for (const trade of trades.slice(from)) {
    if (trade.side === 'SELL') held = Math.max(0, held - trade.quantity);
    else {
      entryPrice = meanPrice({ quantity: held, entryPrice }, trade);
      held += trade.quantity;
    }
  }
  return { symbol: last.symbol, entryPrice };
}

function beginning(trades: readonly SpotTrade[], quantity: number, dust: number): { from: number; heldBefore: number } {
  let held = quantity;
  for (let index = trades.length - 1; index >= 0; index -= 1) {
    const { side, quantity: moved } = trades[index]!;
    held -= side === 'BUY' ? moved : -moved;
    if (held <= dust) return { from: index, heldBefore: 0 };
  }
  return { from: 0, heldBefore: held };
}

/** Quantity-weighted, as positions are kept everywhere. */
export function meanPrice(
  held: { quantity: number; entryPrice: number },
  added: { quantity: number; price: number },
): number {
  // The first price is the mean itself: no arithmetic, no noise.
  if (!(held.quantity > 0)) return added.price;
  const quantity = held.quantity + added.quantity;
  return (held.entryPrice * held.quantity + added.price * added.quantity) / quantity;
}
