/** Feeds a tick stream to an engine through its public `step`. */
import { type Engine, type PriceInput, step } from '@inspector/engine';
import type { HeldEngine } from '../held-engine.ts';
import { BookTick, MarkTick, NOW, PRICE } from './tick-input.ts';
import { BOOK_EVERY, HALF_SPREAD, type TickStream } from './tick-stream.ts';

const mark = new MarkTick();
const book = new BookTick();
const VOLUME = 1000;
book.bids[1] = VOLUME;
book.asks[1] = VOLUME;

/** Runs the stream once, from the engine's time on, and leaves `held.now` after it. Returns records written. */
export function driveEngine(held: HeldEngine, stream: TickStream): number {
  const { engine } = held;
  const before = engine.lastSeq;
  const { symbol, price, length, intervalMs } = stream;
  const begun = held.now;
  for (let at = 0; at < length; at++) {
    const now = begun + Math.floor((at + 1) * intervalMs);
    if (at % BOOK_EVERY === 0) {
      book.numbers[NOW] = now;
      book.symbol = symbol[at]!;
      book.bids[0] = price[at]! - HALF_SPREAD;
      book.asks[0] = price[at]! + HALF_SPREAD;
      step(engine, book);
    } else {
      mark.numbers[NOW] = now;
      mark.numbers[PRICE] = price[at]!;
      mark.symbol = symbol[at]!;
      step(engine, mark);
    }
  }
  held.now = begun + Math.floor(length * intervalMs);
  return engine.lastSeq - before;
}

/** The same with plain reused objects as inputs. */
export function driveEnginePlainly(held: HeldEngine, stream: TickStream): number {
  const { engine } = held;
  const before = engine.lastSeq;
  const { symbol, price, length, intervalMs } = stream;
  const begun = held.now;
  const input = plainMark(engine);
  for (let at = 0; at < length; at++) {
    const now = begun + Math.floor((at + 1) * intervalMs);
    if (at % BOOK_EVERY === 0) {
      book.numbers[NOW] = now;
      book.symbol = symbol[at]!;
      book.bids[0] = price[at]! - HALF_SPREAD;
      book.asks[0] = price[at]! + HALF_SPREAD;
      step(engine, book);
    } else {
      input.now = now;
      input.time = now;
      input.symbol = symbol[at]!;
      input.price = price[at]!;
      step(engine, input);
    }
  }
  held.now = begun + Math.floor(length * intervalMs);
  return engine.lastSeq - before;
}

function plainMark(engine: Engine): PriceInput {
  return { kind: 'price', now: engine.now, symbol: 0, price: 0.5, time: engine.now, mark: true, seq: Number.NaN };
}
