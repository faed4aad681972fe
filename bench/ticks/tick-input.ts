/**
 * Reused market inputs whose numbers lie in a typed array behind their names: writing them allocates nothing, while a
 * double written into a plain object's field may.
 */
import type { BookInput, PriceInput } from '@inspector/engine';

/** Places in `numbers`. They are written there directly: a number passed to a function may be a heap allocation. */
export const NOW = 0;
export const PRICE = 1;

export class MarkTick implements PriceInput {
  readonly kind = 'price';
  readonly mark = true;
  numbers = new Float64Array(2);
  symbol = 0;

  get now(): number {
    return this.numbers[NOW]!;
  }
  get time(): number {
    return this.numbers[NOW]!;
  }
  get price(): number {
    return this.numbers[PRICE]!;
  }
  get seq(): number {
    return Number.NaN;
  }
}

export class BookTick implements BookInput {
  readonly kind = 'book';
  readonly bids = new Float64Array(2);
  readonly asks = new Float64Array(2);
  readonly bidCount = 1;
  readonly askCount = 1;
  numbers = new Float64Array(1);
  symbol = 0;

  get now(): number {
    return this.numbers[NOW]!;
  }
  get time(): number {
    return this.numbers[NOW]!;
  }
  get seq(): number {
    return Number.NaN;
  }
}
