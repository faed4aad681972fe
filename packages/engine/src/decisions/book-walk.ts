/** What a market order would pay: walking the last book, best level first. */
import type { BookDepth } from '#state/symbols.ts';

/**
 * Mean price of buying (direction 1) or selling (−1) `quantity`; NaN when the book is too thin for it. With a limit
 * (not NaN) only the part that is marketable at it counts: the mean of that part, or of nothing `mid`.
 */
export function walkBook(depth: BookDepth, direction: 1 | -1, quantity: number, limit: number, mid: number): number {
  const levels = direction > 0 ? depth.asks : depth.bids;
  const count = direction > 0 ? depth.askCount : depth.bidCount;
  const hasLimit = !Number.isNaN(limit);
  let left = quantity;
  let paid = 0;
  for (let index = 0; index < count && left > 0; index++) {
    const price = levels[2 * index]!;
    if (hasLimit && direction * (price - limit) > 0) break;
    const taken = Math.min(left, levels[2 * index + 1]!);
    paid += taken * price;
    left -= taken;
  }
  const filled = quantity - left;
  if (hasLimit) return filled > 0 ? paid / filled : mid;
  return left > quantity * 1e-9 ? Number.NaN : paid / filled;
}

/** Largest quantity whose mean stays within `tolerancePct` of mid and inside the book. */
export function walkableQuantity(depth: BookDepth, direction: 1 | -1, tolerancePct: number, mid: number): number {
  const levels = direction > 0 ? depth.asks : depth.bids;
  const count = direction > 0 ? depth.askCount : depth.bidCount;
  // Deviation allowed per unit; levels within it give slack to worse ones.
  const allowed = (mid * tolerancePct) / 100;
  let quantity = 0;
  let slack = 0;
  for (let index = 0; index < count; index++) {
    const deviation = direction * (levels[2 * index]! - mid) - allowed;
    const volume = levels[2 * index + 1]!;
    if (deviation > 0 && slack < deviation * volume) return quantity + slack / deviation;
    slack -= deviation * volume;
    quantity += volume;
  }
  return quantity;
}
