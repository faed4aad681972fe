/**
 * Recorded Binance combined streams, one line a message: `<local receive time, ns since epoch> <raw frame>`. Frames that
 * the byte scanner knows become engine inputs without a string or an object being made; the rest goes through JSON.parse.
 */
import type { EngineInput, PriceInput, SymbolListedInput, TradeInput } from '@inspector/engine';
import { createSymbolIds, type ListedSymbols, SYMBOLS_LIMIT } from '../symbol-ids.ts';
import { createFrame, type FrameKind, frameKinds, ID, PRICE, QUANTITY, TIME } from './frame.ts';
import { type Source, sourceOf } from './literal.ts';
import {
  applyDepth,
  applySnapshot,
  applyTicker,
  createLocalBook,
  fillBookInput,
  type LocalBook,
} from './local-book.ts';
import { isFrameError, parseFrame } from './parse-frame.ts';
import { readReceiveTime } from './read-receive-time.ts';
import { layoutsOf, type ScannedFrame, type SymbolLayouts, scanFrame } from './scan-frame.ts';

export interface CaptureDecoderOptions {
  connectorType: string;
  marketType: string;
  symbols: ListedSymbols;
  /** False sends every frame through JSON.parse: the yardstick of tests and benchmarks. */
  scan?: boolean;
}

export interface CaptureDecoder {
  /**
   * Decodes a piece of whole lines; the last may lack its newline. `emit` gets each input, reused and valid during the
   * call, with `now` = receive time in ms, never decreasing. Returns the number of lines that were no blanks. Throws a
   * CaptureLineError.
   */
  decode(bytes: Uint8Array, emit: (input: EngineInput) => void): number;
}

/** A line that is no capture line, numbered from 1 over all pieces. */
export interface CaptureLineError extends Error {
  name: 'CaptureLineError';
  line: number;
}

interface CapturedSymbol {
  layouts: SymbolLayouts;
  book: LocalBook;
  trade: TradeInput;
  price: PriceInput;
}

const NEWLINE = 10;
const RETURN = 13;
const AT = 64;
/** Length of `{"stream":"`, after which the stream's name stands. */
const STREAM_OFFSET = 11;
/** Bytes after a line that the scanner may look at. */
const LOOK_AHEAD_BYTES = 32;
/** No symbol's name is longer. */
const NAME_LIMIT = 64;

export function createCaptureDecoder({
  connectorType,
  marketType,
  symbols,
  scan = true,
}: CaptureDecoderOptions): CaptureDecoder {
  const ids = createSymbolIds(symbols);
  const frame = createFrame();
  const scanned: ScannedFrame = { kind: frameKinds.none };
  const captured = new Map<string, CapturedSymbol>();
  /** By the hash of the stream's name; of two names with one hash the later is found, the other is parsed as JSON. */
  const byHash = new Map<number, CapturedSymbol>();
  // [0] now, [1] the venue's time ahead of it, [2] receive time just read
  const times = new Float64Array(3);
  let recent: CapturedSymbol | null = null;
  let lines = 0;

  function symbolOf(name: string, emit: (input: EngineInput) => void): CapturedSymbol | null {
    const known = captured.get(name);
    if (known) {
      recent = known;
      return known;
    }
    const announce = (input: SymbolListedInput) => {
      input.now = times[0]!;
      emit(input);
    };
    const id = ids.of(connectorType, marketType, name, announce);
    if (id < 0) return null;
    const symbol: CapturedSymbol = {
      layouts: layoutsOf(name),
      book: createLocalBook(id),
      trade: { kind: 'trade', now: 0, symbol: id, price: 0, quantity: 0, time: 0, market: true, seq: 0 },
      price: { kind: 'price', now: 0, symbol: id, price: 0, time: 0, mark: true, seq: Number.NaN },
    };
    captured.set(name, symbol);
    byHash.set(hashOfName(Buffer.from(name.toLowerCase()), 0), symbol);
    return symbol;
  }

  /** The venue's time of the frame; where it says none, ours moved by what the venue was ahead last time. */
  function venueTime(): number {
    const time = frame.numbers[TIME]!;
    if (Number.isNaN(time)) return times[0]! + times[1]!;
    times[1] = time - times[0]!;
    return time;
  }

  function emitBook(book: LocalBook, seq: number, emit: (input: EngineInput) => void): void {
    if (!fillBookInput(book)) return;
    const { input } = book;
    const time = venueTime();
    input.now = times[0]!;
    if (time > input.time) input.time = time;
    input.seq = seq;
    emit(input);
  }

  function take(kind: FrameKind, symbol: CapturedSymbol, emit: (input: EngineInput) => void): void {
    const { numbers } = frame;
    switch (kind) {
      case frameKinds.trade: {
        const { trade } = symbol;
        trade.now = times[0]!;
        trade.price = numbers[PRICE]!;
        trade.quantity = numbers[QUANTITY]!;
        trade.time = venueTime();
        trade.market = frame.isMarket;
        trade.seq = numbers[ID]!;
        emit(trade);
        break;
      }
      case frameKinds.ticker:
        if (applyTicker(symbol.book, frame)) emitBook(symbol.book, Number.NaN, emit);
        break;
      case frameKinds.depth:
        if (applyDepth(symbol.book, frame)) emitBook(symbol.book, symbol.book.seq, emit);
        break;
      case frameKinds.mark: {
        const { price } = symbol;
        price.now = times[0]!;
        price.price = numbers[PRICE]!;
        price.time = venueTime();
        emit(price);
        break;
      }
      default:
    }
  }

  /** A snapshot does not name its symbol: it is of the first one that waits for it and that it joins on to. */
  function takeSnapshot(emit: (input: EngineInput) => void): void {
    for (const { book } of captured.values()) {
      if (!applySnapshot(book, frame)) continue;
      emitBook(book, book.seq, emit);
      return;
    }
  }

  function moveTo(receiveTime: number): void {
    if (receiveTime > times[0]!) times[0] = receiveTime;
  }

  /** Position after the line, −1 when the scanner does not know it to its end; then nothing was taken of it. */
  function scanLine(source: Source, start: number, emit: (input: EngineInput) => void): number {
    const { bytes } = source;
    const at = readReceiveTime(source, start, times, 2);
    if (at < 0) return -1;
    let symbol = recent;
    let end = symbol === null ? -1 : scanFrame(source, at, symbol.layouts, frame, scanned);
    if (end < 0) {
      symbol = byHash.get(hashOfName(bytes, at + STREAM_OFFSET)) ?? null;
      if (symbol === null || symbol === recent) return -1;
      end = scanFrame(source, at, symbol.layouts, frame, scanned);
      if (end < 0) return -1;
      recent = symbol;
    }
    if (bytes[end] === RETURN) end++;
    if (bytes[end] !== NEWLINE) return -1;
    moveTo(times[2]!);
    take(scanned.kind, symbol!, emit);
    return end + 1;
  }

  function parseLine(bytes: Uint8Array, start: number, emit: (input: EngineInput) => void): number {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString();
    if (text.trim() === '') {
      lines--;
      return end + 1;
    }
    const match = /^(\d{13})\d{6} /.exec(text);
    if (!match) throw lineError(lines, 'it does not begin with a receive time in nanoseconds');
    try {
      const { kind, name } = parseFrame(text.slice(match[0].length), frame);
      moveTo(Number(match[1]));
      if (kind === frameKinds.snapshot) takeSnapshot(emit);
      else if (name !== null) {
        const symbol = symbolOf(name, emit);
        if (symbol === null) throw lineError(lines, `more than ${SYMBOLS_LIMIT} symbols`);
        take(kind, symbol, emit);
      }
    } catch (error) {
      if (isFrameError(error)) throw lineError(lines, error.message);
      throw error;
    }
    return end + 1;
  }

  return {
    decode(bytes, emit) {
      const before = lines;
      const source = sourceOf(bytes);
      // The scanner reads whole words, so it runs only where so many bytes follow the line.
      const isScannable = scan && bytes.length > LOOK_AHEAD_BYTES;
      const scannable = isScannable ? bytes.lastIndexOf(NEWLINE, bytes.length - LOOK_AHEAD_BYTES) : -1;
      let at = 0;
      while (at < bytes.length) {
        lines++;
        const next = at < scannable ? scanLine(source, at, emit) : -1;
        at = next >= 0 ? next : parseLine(bytes, at, emit);
      }
      return lines - before;
    },
  };
}

/** Of the bytes up to an `@`; a name that is too long or does not end has one that no symbol has. */
function hashOfName(bytes: Uint8Array, start: number): number {
  let hash = 0;
  for (let at = start; at < start + NAME_LIMIT; at++) {
    const byte = bytes[at];
    if (byte === undefined || byte === AT) return hash;
    hash = (Math.imul(hash, 31) + byte) | 0;
  }
  return -1;
}

function lineError(line: number, reason: string): CaptureLineError {
  return Object.assign(new Error(reason), { name: 'CaptureLineError' as const, line });
}

export function isCaptureLineError(error: unknown): error is CaptureLineError {
  return error instanceof Error && error.name === 'CaptureLineError';
}
