/** Market inputs are reused objects: one a kind, filled anew for each event, valid until the next decode. */
import type { BookInput, CandleInput, PriceInput, TradeInput } from '@inspector/engine';

export interface MarketInputs {
  trade: TradeInput;
  book: BookInput;
  candle: CandleInput;
  /** One a symbol of a price list. */
  price(index: number): PriceInput;
}

const INITIAL_LEVELS = 64;

export function createMarketInputs(): MarketInputs {
  const prices: PriceInput[] = [];
  return {
    trade: { kind: 'trade', now: 0, symbol: 0, price: 0, quantity: 0, time: 0, market: true, seq: 0 },
    book: {
      kind: 'book',
      now: 0,
      symbol: 0,
      bids: new Float64Array(2 * INITIAL_LEVELS),
      bidCount: 0,
      asks: new Float64Array(2 * INITIAL_LEVELS),
      askCount: 0,
      time: 0,
      seq: 0,
    },
    candle: { kind: 'candle', now: 0, symbol: 0, close: 0, time: 0, seq: 0 },
    price(index) {
      while (prices.length <= index) {
        prices.push({ kind: 'price', now: 0, symbol: 0, price: 0, time: 0, mark: false, seq: 0 });
      }
      return prices[index]!;
    },
  };
}

/** The levels as price, volume, price, volume …, in `into` where they fit, else in a new and larger array. */
export function packLevels(levels: readonly { price: number; volume: number }[], into: Float64Array): Float64Array {
  const packed = into.length >= 2 * levels.length ? into : new Float64Array(4 * levels.length);
  for (let index = 0; index < levels.length; index++) {
    const level = levels[index]!;
    packed[2 * index] = level.price;
    packed[2 * index + 1] = level.volume;
  }
  return packed;
}

/** True when no level is better than the one before it. `direction` is 1 for asks, −1 for bids. */
export function isBestFirst(levels: readonly { price: number }[], direction: 1 | -1): boolean {
  for (let index = 1; index < levels.length; index++) {
    if ((levels[index]!.price - levels[index - 1]!.price) * direction < 0) return false;
  }
  return true;
}
