/**
 * The fallback of the byte scanner and its yardstick: any frame through JSON.parse, into the same numbers. It knows more
 * frames than the scanner: mark prices and the REST depth snapshot, which are seldom.
 */
import {
  ASK,
  ASK_QUANTITY,
  BID,
  BID_QUANTITY,
  FIRST_ID,
  FRAME_LEVELS_LIMIT,
  type Frame,
  type FrameKind,
  frameKinds,
  ID,
  PREVIOUS_ID,
  PRICE,
  QUANTITY,
  TIME,
} from './frame.ts';

export interface ParsedFrame {
  kind: FrameKind;
  /** The symbol as the venue writes it, null for the snapshot, which does not say. */
  name: string | null;
}

type Fields = Record<string, unknown>;

export interface FrameError extends Error {
  name: 'FrameError';
}

export function isFrameError(error: unknown): error is FrameError {
  return error instanceof Error && error.name === 'FrameError';
}

/**
 * Parses the text of one frame into `frame`. `kind` is none for a stream that carries nothing of use here (candles,
 * answers to subscriptions). Throws a FrameError for text that is not JSON, or a known frame with a field that is wrong.
 */
export function parseFrame(text: string, frame: Frame): ParsedFrame {
  const parsed = parseObject(text);
  const { stream, data } = parsed;
  if (stream === undefined && parsed.lastUpdateId !== undefined) {
    readSnapshot(parsed, frame);
    return { kind: frameKinds.snapshot, name: null };
  }
  if (typeof stream !== 'string' || !isFields(data)) return { kind: frameKinds.none, name: null };
  const kind = kindOf(stream.slice(stream.indexOf('@')));
  if (kind === frameKinds.none) return { kind, name: null };
  const name = data.s;
  if (typeof name !== 'string' || name === '') throw frameError('s is not a symbol');
  if (kind === frameKinds.trade) readTrade(data, frame);
  else if (kind === frameKinds.ticker) readTicker(data, frame);
  else if (kind === frameKinds.depth) readDepth(data, frame);
  else readMark(data, frame);
  return { kind, name };
}

function kindOf(stream: string): FrameKind {
  if (stream === '@trade') return frameKinds.trade;
  if (stream === '@bookTicker') return frameKinds.ticker;
  if (stream.startsWith('@markPrice')) return frameKinds.mark;
  return /^@depth(@\d+ms)?$/.test(stream) ? frameKinds.depth : frameKinds.none;
}

function readTrade(data: Fields, frame: Frame): void {
  const { numbers } = frame;
  numbers[TIME] = number(data, 'T');
  numbers[ID] = number(data, 't');
  numbers[PRICE] = decimal(data, 'p');
  numbers[QUANTITY] = decimal(data, 'q');
  // Spot has no kind: every print of its stream is one of the market.
  frame.isMarket = data.X === undefined || data.X === 'MARKET';
}

function readTicker(data: Fields, { numbers }: Frame): void {
  numbers[TIME] = data.T === undefined ? Number.NaN : number(data, 'T');
  numbers[ID] = number(data, 'u');
  numbers[BID] = decimal(data, 'b');
  numbers[BID_QUANTITY] = decimal(data, 'B');
  numbers[ASK] = decimal(data, 'a');
  numbers[ASK_QUANTITY] = decimal(data, 'A');
}

function readDepth(data: Fields, frame: Frame): void {
  const { numbers } = frame;
  numbers[TIME] = data.T === undefined ? number(data, 'E') : number(data, 'T');
  numbers[FIRST_ID] = number(data, 'U');
  numbers[ID] = number(data, 'u');
  numbers[PREVIOUS_ID] = data.pu === undefined ? Number.NaN : number(data, 'pu');
  readLevels(data, frame, 'b', 'a');
}

function readSnapshot(parsed: Fields, frame: Frame): void {
  frame.numbers[TIME] = parsed.T === undefined ? Number.NaN : number(parsed, 'T');
  frame.numbers[ID] = number(parsed, 'lastUpdateId');
  readLevels(parsed, frame, 'bids', 'asks');
}

function readMark(data: Fields, { numbers }: Frame): void {
  numbers[TIME] = number(data, 'E');
  numbers[PRICE] = decimal(data, 'p');
}

function readLevels(data: Fields, frame: Frame, bidField: string, askField: string): void {
  const bids = levelsOf(data, bidField);
  const asks = levelsOf(data, askField);
  frame.bids = packed(bids, frame.bids);
  frame.bidCount = bids.length;
  frame.asks = packed(asks, frame.asks);
  frame.askCount = asks.length;
}

function levelsOf(data: Fields, field: string): unknown[] {
  const levels = data[field];
  if (!Array.isArray(levels) || levels.length > FRAME_LEVELS_LIMIT)
    throw frameError(`${field} is not a list of levels`);
  return levels;
}

function packed(levels: readonly unknown[], into: Float64Array): Float64Array {
  const target = into.length >= 2 * levels.length ? into : new Float64Array(4 * levels.length);
  for (const [index, level] of levels.entries()) {
    if (!Array.isArray(level)) throw frameError('a level is not a pair');
    target[2 * index] = decimalOf(level[0], 'a level’s price');
    target[2 * index + 1] = decimalOf(level[1], 'a level’s quantity');
  }
  return target;
}

function number(data: Fields, field: string): number {
  const value = data[field];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw frameError(`${field} is not a number`);
  return value;
}

function decimal(data: Fields, field: string): number {
  return decimalOf(data[field], field);
}

function decimalOf(text: unknown, what: string): number {
  const value = typeof text === 'string' && text.trim() !== '' ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw frameError(`${what} is not a decimal`);
  return value;
}

function parseObject(text: string): Fields {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw frameError(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isFields(parsed)) throw frameError('not a frame');
  return parsed;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function frameError(message: string): FrameError {
  return Object.assign(new Error(message), { name: 'FrameError' as const });
}
