/**
 * Reused market inputs whose numbers lie in a typed array behind their names: writing them allocates nothing, while a
 * double written into a plain object's field may.
 */
import type { BookInput, PriceInput } from '@inspector/engine';

const NOW = 0;
const PRICE = 1;

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

export function setMark(tick: MarkTick, now: number, symbol: number, price: number): void {
  tick.numbers[NOW] = now;
  tick.numbers[PRICE] = price;
  tick.symbol = symbol;
}

export function setBook(tick: BookTick, now: number, symbol: number, bid: number, ask: number, volume: number): void {
  tick.numbers[NOW] = now;
  tick.symbol = symbol;
  tick.bids[0] = bid;
  tick.bids[1] = volume;
  tick.asks[0] = ask;
  tick.asks[1] = volume;
}
