import type {
  BookInput,
  CandleInput,
  ClockInput,
  EngineInput,
  MarketInput,
  PriceInput,
  TradeInput,
} from '@inspector/engine';
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
  KIND_MASK,
  KIND_PRICE,
  KIND_TRADE,
} from './input-tags.ts';
import { JournalError } from './journal-error.ts';

const EMPTY = new Float64Array(0);

/**
 * Visits what `createInputEncoder` wrote, in order. Market and clock inputs are reused objects: copy what is kept.
 * Throws DATA_DIR_CORRUPT when the bytes are not an encoded batch; inputs before the fault have been visited by then.
 */
export function decodeInputs(bytes: Uint8Array, visit: (input: EngineInput) => void): void {
  if (bytes.length === 0) return;
  if (bytes[0] !== CODEC_VERSION) {
    throw new JournalError(
      'DATA_DIR_CORRUPT',
      `inputs are written in layout ${bytes[0]}, this version reads ${CODEC_VERSION}`,
    );
  }
  const reader = createReader(bytes);
  while (!reader.atEnd()) {
    let input: EngineInput;
    try {
      input = reader.next();
    } catch (error) {
      throw new JournalError('DATA_DIR_CORRUPT', 'a stored batch of inputs cannot be read', error);
    }
    visit(input);
  }
}

interface Reader {
  atEnd(): boolean;
  next(): EngineInput;
}

function createReader(bytes: Uint8Array): Reader {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const market = { now: 0, symbol: 0, time: 0, seq: Number.NaN };
  const trade: TradeInput = { kind: 'trade', ...market, price: 0, quantity: 0, market: true };
  const book: BookInput = { kind: 'book', ...market, bids: EMPTY, bidCount: 0, asks: EMPTY, askCount: 0 };
  const price: PriceInput = { kind: 'price', ...market, price: 0, mark: true };
  const candle: CandleInput = { kind: 'candle', ...market, close: 0 };
  const clock: ClockInput = { kind: 'clock', now: 0 };
  let at = 1;
  let previousNow = 0;

  function takeByte(): number {
    const value = bytes[at++];
    if (value === undefined) throw new RangeError('the batch ends within an input');
    return value;
  }

  function takeInteger(): number {
    let value = 0;
    let weight = 1;
    for (;;) {
      const byte = takeByte();
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) return value;
      weight *= 0x80;
    }
  }

  function takeDouble(): number {
    const value = view.getFloat64(at, true);
    at += 8;
    return value;
  }

  function takeNow(tag: number): number {
    if (tag & FLAG_RAW_NOW) return takeDouble();
    previousNow += takeInteger();
    return previousNow;
  }

  function takeMarket<T extends MarketInput>(input: T, tag: number): T {
    input.now = takeNow(tag);
    input.symbol = takeInteger();
    input.time = tag & FLAG_RAW_TIME ? takeDouble() : input.now + unzigzag(takeInteger());
    input.seq = tag & FLAG_RAW_SEQ ? takeDouble() : tag & FLAG_SEQ ? takeInteger() : Number.NaN;
    return input;
  }

  function takeLevels(count: number, into: Float64Array): Float64Array {
    if (at + count * 16 > bytes.length) throw new RangeError('the batch ends within a book');
    const levels = into.length >= 2 * count ? into : new Float64Array(2 * count);
    for (let i = 0; i < 2 * count; i++) levels[i] = takeDouble();
    return levels;
  }

  function takeBook(tag: number): BookInput {
    takeMarket(book, tag);
    book.bidCount = takeInteger();
    book.bids = takeLevels(book.bidCount, book.bids);
    book.askCount = takeInteger();
    book.asks = takeLevels(book.askCount, book.asks);
    return book;
  }

  function takeJson(): EngineInput {
    const length = takeInteger();
    if (at + length > bytes.length) throw new RangeError('the batch ends within an input');
    const input = JSON.parse(buffer.toString('utf8', at, at + length)) as EngineInput;
    at += length;
    return input;
  }

  return {
    atEnd: () => at >= bytes.length,
    next() {
      const tag = takeByte();
      switch (tag & KIND_MASK) {
        case KIND_TRADE:
          takeMarket(trade, tag);
          trade.market = (tag & FLAG_TRUE) !== 0;
          trade.price = takeDouble();
          trade.quantity = takeDouble();
          return trade;
        case KIND_BOOK:
          return takeBook(tag);
        case KIND_PRICE:
          takeMarket(price, tag);
          price.mark = (tag & FLAG_TRUE) !== 0;
          price.price = takeDouble();
          return price;
        case KIND_CANDLE:
          takeMarket(candle, tag);
          candle.close = takeDouble();
          return candle;
        case KIND_CLOCK:
          clock.now = takeNow(tag);
          return clock;
        case KIND_JSON:
          return takeJson();
        default:
          throw new RangeError(`unknown kind ${tag & KIND_MASK}`);
      }
    },
  };
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
