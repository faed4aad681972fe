import type { BookLevel } from '#exchange/symbol-market.ts';

/** One side of a book that is kept by its changes; best first. */
export interface BookSide {
  set(price: number, quantity: number): void;
  /** Nothing is better than this level any more. */
  setBest(price: number, quantity: number): void;
  top(count: number): BookLevel[];
  clear(): void;
}

export function createBookSide(side: 'bids' | 'asks'): BookSide {
  const levels: BookLevel[] = [];
  const better = side === 'bids' ? (a: number, b: number) => a > b : (a: number, b: number) => a < b;

  /** Index of the first level that is not better than the price. */
  function placeOf(price: number): number {
    let low = 0;
    let high = levels.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (better(levels[middle]!.price, price)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function set(price: number, quantity: number): void {
    const index = placeOf(price);
    const there = levels[index]?.price === price;
    if (quantity > 0) levels.splice(index, there ? 1 : 0, { price, quantity });
    else if (there) levels.splice(index, 1);
  }

  return {
    set,
    setBest: (price, quantity) => {
      levels.splice(0, placeOf(price));
      set(price, quantity);
    },
    top: (count) => levels.slice(0, count),
    clear: () => {
      levels.length = 0;
    },
  };
}
