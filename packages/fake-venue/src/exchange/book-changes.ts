import type { BookLevel } from './symbol-market.ts';

/** What changed between two sides of a book: a level that went has the quantity 0. */
export function bookChanges(before: readonly BookLevel[], after: readonly BookLevel[]): BookLevel[] {
  const now = new Set(after.map((level) => level.price));
  const old = new Map(before.map((level) => [level.price, level.quantity]));
  const gone = before.filter((level) => !now.has(level.price)).map((level) => ({ price: level.price, quantity: 0 }));
  return [...after.filter((level) => old.get(level.price) !== level.quantity), ...gone];
}
