/** A made-up market, the same for engine and bare loop: what ticks in which order, at what price. */
import { ENTRY_PRICE } from '../held-engine.ts';

/** Every so many ticks one is a book; the others are marks. Each symbol's book then stays fresh. */
export const BOOK_EVERY = 64;
/** Each symbol ticks 50 times a second, however many there are. */
const SYMBOL_INTERVAL_MS = 20;
/** Pull back to the entry price, so that a stream may run again and again without crossing a stop. */
const PULL = 0.02;
const STEP = 0.01;
/** Half the spread of a book. */
export const HALF_SPREAD = 0.01;

export interface TickStream {
  length: number;
  /** From one tick to the next, of whichever symbol. */
  intervalMs: number;
  symbol: Int32Array;
  price: Float64Array;
}

export function createTickStream(length: number, symbols: number): TickStream {
  const random = linearCongruential(1);
  const symbol = new Int32Array(length);
  const price = new Float64Array(length);
  const last = new Float64Array(symbols).fill(ENTRY_PRICE);
  for (let at = 0; at < length; at++) {
    const id = Math.floor(random() * symbols);
    const next = last[id]! + (random() - 0.5) * STEP - (last[id]! - ENTRY_PRICE) * PULL;
    last[id] = next;
    symbol[at] = id;
    price[at] = next;
  }
  return { length, intervalMs: SYMBOL_INTERVAL_MS / symbols, symbol, price };
}

/** Numerical Recipes' generator: reproducible, which is all that is asked of it. */
export function linearCongruential(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 4294967296;
  };
}
