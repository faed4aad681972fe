import type { EngineInput, MarketInput } from '@inspector/engine';
import {
  CODEC_VERSION,
  FLAG_RAW_NOW,
  FLAG_RAW_SEQ,
  FLAG_RAW_TIME,
  FLAG_SEQ,
  FLAG_TRUE,
  KIND_BOOK,
  KIND_CANDLE,
  KIND_CLOCK,
  KIND_JSON,
  KIND_PRICE,
  KIND_TRADE,
} from './input-tags.ts';

/** Room before the first input of a batch; grows by doubling and is kept for the next batch. */
const INITIAL_BYTES = 64 * 1024;
/** A buffer that grew past this is given back at `reset`, so that one large batch does not hold its memory for ever. */
const KEPT_BYTES = 4 * 1024 * 1024;
/** More than any market input's fields without its levels. */
const FIXED_BYTES = 64;
/** A distance beyond this is written as a raw double. */
const MAX_DISTANCE = 2 ** 51;

/** Writes inputs one behind the other; allocates nothing for market inputs once the buffer has grown. */
export interface InputEncoder {
  readonly count: number;
  readonly byteLength: number;
  /** Market inputs may be reused afterwards. Throws what JSON throws (a cycle, a bigint); nothing is added then. */
  append(input: EngineInput): void;
  /** The batch so far; valid until the next call of any method. */
  bytes(): Uint8Array;
  /** Takes the newest input out again, when it was the last call. */
  undo(): void;
  reset(): void;
}

export function createInputEncoder(): InputEncoder {
  let buffer = Buffer.allocUnsafe(INITIAL_BYTES);
  let view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  let at = 0;
  let count = 0;
  let previousNow = 0;
  let undoAt = 0;
  let undoNow = 0;

  function reserve(bytes: number): void {
    if (at + bytes <= buffer.length) return;
    let size = buffer.length * 2;
    while (size < at + bytes) size *= 2;
    const grown = Buffer.allocUnsafe(size);
    buffer.copy(grown, 0, 0, at);
    buffer = grown;
    view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  }

  function putInteger(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      buffer[at++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    buffer[at++] = rest;
  }

  function putDouble(value: number): void {
    view.setFloat64(at, value, true);
    at += 8;
  }

  function putNow(now: number): void {
    if (isStep(now, previousNow)) {
      putInteger(now - previousNow);
      previousNow = now;
    } else {
      putDouble(now);
    }
  }

  function putMarket(input: MarketInput, kind: number, flags: number): void {
    reserve(FIXED_BYTES);
    const rawTime = !isNear(input.time, input.now);
    const rawSeq = !Number.isNaN(input.seq) && !isNatural(input.seq);
    let tag = kind | flags | (isStep(input.now, previousNow) ? 0 : FLAG_RAW_NOW) | (rawTime ? FLAG_RAW_TIME : 0);
    if (rawSeq) tag |= FLAG_RAW_SEQ;
    else if (!Number.isNaN(input.seq)) tag |= FLAG_SEQ;
    buffer[at++] = tag;
    putNow(input.now);
    putInteger(input.symbol);
    if (rawTime) putDouble(input.time);
    else putInteger(zigzag(input.time - input.now));
    if (rawSeq) putDouble(input.seq);
    else if (!Number.isNaN(input.seq)) putInteger(input.seq);
  }

  function putLevels(levels: Float64Array, count: number): void {
    const numbers = Math.min(2 * count, levels.length);
    reserve(FIXED_BYTES + numbers * 8);
    putInteger(numbers >> 1);
    for (let i = 0; i < (numbers & ~1); i++) putDouble(levels[i]!);
  }

  function putJson(input: EngineInput): void {
    const text = JSON.stringify(input);
    const length = Buffer.byteLength(text, 'utf8');
    reserve(FIXED_BYTES + length);
    buffer[at++] = KIND_JSON;
    putInteger(length);
    at += buffer.write(text, at, length, 'utf8');
  }

  return {
    get count() {
      return count;
    },
    get byteLength() {
      return at;
    },
    append(input) {
      undoAt = at;
      undoNow = previousNow;
      if (at === 0) buffer[at++] = CODEC_VERSION;
      try {
        switch (input.kind) {
          case 'trade':
            putMarket(input, KIND_TRADE, input.market ? FLAG_TRUE : 0);
            putDouble(input.price);
            putDouble(input.quantity);
            break;
          case 'book':
            putMarket(input, KIND_BOOK, 0);
            putLevels(input.bids, input.bidCount);
            putLevels(input.asks, input.askCount);
            break;
          case 'price':
            putMarket(input, KIND_PRICE, input.mark ? FLAG_TRUE : 0);
            putDouble(input.price);
            break;
          case 'candle':
            putMarket(input, KIND_CANDLE, 0);
            putDouble(input.close);
            break;
          case 'clock':
            reserve(FIXED_BYTES);
            buffer[at++] = KIND_CLOCK | (isStep(input.now, previousNow) ? 0 : FLAG_RAW_NOW);
            putNow(input.now);
            break;
          default:
            putJson(input);
        }
      } catch (error) {
        at = undoAt;
        previousNow = undoNow;
        throw error;
      }
      count++;
    },
    bytes() {
      return buffer.subarray(0, at);
    },
    undo() {
      at = undoAt;
      previousNow = undoNow;
      count--;
    },
    reset() {
      at = 0;
      count = 0;
      previousNow = 0;
      if (buffer.length > KEPT_BYTES) {
        buffer = Buffer.allocUnsafe(INITIAL_BYTES);
        view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
      }
    },
  };
}

function isNatural(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0);
}

/** Whether `now` can be written as a step forward; never twice for different bytes, so encoder and flag agree. */
function isStep(now: number, previousNow: number): boolean {
  return isNatural(now) && now >= previousNow;
}

function isNear(time: number, now: number): boolean {
  return isNatural(time) && isNatural(now) && Math.abs(time - now) < MAX_DISTANCE;
}

function zigzag(value: number): number {
  return value >= 0 ? value * 2 : -value * 2 - 1;
}
