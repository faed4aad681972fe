import { addQuantity, reachesDown, reachesUp, subtractQuantity } from './amounts.ts';

export interface BookLevel {
  price: number;
  volume: number;
}

export interface Walk {
  /** Base units that can be had within the limit. */
  quantity: number;
  /** Quantity-weighted mean price of that quantity; 0 when there is none. */
  price: number;
}

/**
 * Takes `quantity` from one side of a book, best level first. Past the depth the rest is taken at the last level.
 * With a limit the walk ends at the first level that is worse (a level at the limit is taken) and the rest is left.
 */
export function walkBook(
  levels: readonly BookLevel[],
  quantity: number,
  limit?: { side: 'BUY' | 'SELL'; price: number },
): Walk {
  let left = quantity;
  let cost = 0;
  let taken = 0;
  let last = 0;
  for (const { price, volume } of levels) {
    if (limit && !within(limit, price)) return meanOf(taken, cost, last);
    const take = Math.min(left, volume);
    if (take === quantity) return { quantity, price };
    last = price;
    cost += take * price;
    taken = addQuantity(taken, take);
    left = subtractQuantity(left, take);
    if (left <= 0) return meanOf(quantity, cost, last);
  }
  if (limit || last === 0) return meanOf(taken, cost, last);
  return meanOf(quantity, cost + left * last, last);
}

const within = (limit: { side: 'BUY' | 'SELL'; price: number }, price: number): boolean =>
  limit.side === 'BUY' ? reachesDown(price, limit.price) : reachesUp(price, limit.price);

const meanOf = (quantity: number, cost: number, last: number): Walk => {
  if (quantity <= 0) return { quantity: 0, price: 0 };
  const mean = cost / quantity;
  // A walk over one price must answer that price itself, not its neighbour in binary.
  return { quantity, price: Math.abs(mean - last) <= 1e-12 * last ? last : mean };
};
