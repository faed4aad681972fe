import { rounded } from './amounts.ts';
import type { BookLevel } from './symbol-market.ts';

/**
 * Takes the quantity from the levels, best first, none worse than `limit` when there is one. The levels stay as they
 * are: the market is what the test says it is. Past the last level the rest has that level's price.
 */
export function walkBook(
  levels: readonly BookLevel[],
  quantity: number,
  within?: (price: number) => boolean,
): BookLevel[] {
  const taken: BookLevel[] = [];
  let left = quantity;
  for (const level of levels) {
    if (left <= 0 || (within !== undefined && !within(level.price))) break;
    const part = rounded(Math.min(left, level.quantity));
    if (part <= 0) continue;
    taken.push({ price: level.price, quantity: part });
    left = rounded(left - part);
  }
  const last = taken.at(-1);
  if (left > 0 && last !== undefined && within === undefined) last.quantity = rounded(last.quantity + left);
  return taken;
}
