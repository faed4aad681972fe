/**
 * The byte scanner: known frames of Binance's combined streams, read without making a string or an object. It knows the
 * exact layouts of trade, bookTicker and depthUpdate on both markets and compares every byte that is not a value, so
 * that whatever it does not know to the letter is left to JSON.parse (`parse-frame.ts`).
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
  grownLevels,
  ID,
  PREVIOUS_ID,
  PRICE,
  QUANTITY,
  TIME,
} from './frame.ts';
import { type Literal, literal, type Source, shortLiteral, skip, skipShort } from './literal.ts';
import { readDecimal, readInteger, readLongInteger, skipInteger } from './read-number.ts';

/** The texts of one symbol's frames that hold its name. */
export interface SymbolLayouts {
  /** Length of `{"stream":"btcusdt`, after which the stream's `@` stands. */
  headLength: number;
  trade: Literal;
  futuresTicker: Literal;
  spotTicker: Literal;
  depth0ms: Literal;
  depth100ms: Literal;
  tradeName: Literal;
  tickerName: Literal;
  depthName: Literal;
}

/** `name` as `s` has it; its stream is the same in lower case. */
export function layoutsOf(name: string): SymbolLayouts {
  const head = `{"stream":"${name.toLowerCase()}`;
  return {
    headLength: head.length,
    trade: literal(`${head}@trade","data":{"e":"trade","E":`),
    futuresTicker: literal(`${head}@bookTicker","data":{"e":"bookTicker","u":`),
    spotTicker: literal(`${head}@bookTicker","data":{"u":`),
    depth0ms: literal(`${head}@depth@0ms","data":{"e":"depthUpdate","E":`),
    depth100ms: literal(`${head}@depth@100ms","data":{"e":"depthUpdate","E":`),
    tradeName: literal(`,"s":"${name}","t":`),
    tickerName: literal(`,"s":"${name}","b":"`),
    depthName: literal(`,"s":"${name}","U":`),
  };
}

const TRANSACTION_TIME = shortLiteral(',"T":');
const TIME_AFTER_TEXT = shortLiteral('","T":');
const PRICE_TEXT = shortLiteral(',"p":"');
const QUANTITY_TEXT = shortLiteral('","q":"');
const MARKET_KIND = literal('","X":"MARKET","m":');
const OTHER_KIND = shortLiteral('","X":"');
const MAKER = shortLiteral(',"m":');
const MAKER_AFTER_TEXT = shortLiteral('","m":');
const IGNORED = shortLiteral(',"M":');
const TRUE_END = shortLiteral('true}}');
const FALSE_END = shortLiteral('false}}');
const TRUE = shortLiteral('true');
const FALSE = shortLiteral('false');
const BEST_BID_QUANTITY = shortLiteral('","B":"');
const BEST_ASK = shortLiteral('","a":"');
const BEST_ASK_QUANTITY = shortLiteral('","A":"');
const EVENT_TIME = shortLiteral(',"E":');
const LAST_UPDATE = shortLiteral(',"u":');
const PREVIOUS_UPDATE = shortLiteral(',"pu":');
const BID_LEVELS = shortLiteral(',"b":[');
const ASK_LEVELS = shortLiteral('],"a":[');

const QUOTE = 34;
const DIGIT_0 = 48;
const CAPITAL_T = 84;
const OPEN = 91;
const BACKSLASH = 92;
const CLOSE = 93;
const LETTER_B = 98;
const LETTER_D = 100;
const LETTER_T = 116;
const BRACE = 125;
/** `"],[` and `","` with any byte after it, as little-endian words. */
const NEXT_LEVEL = 0x5b2c5d22;
const NEXT_TEXT = 0x00222c22;
const THREE_BYTES = 0x00ffffff;

/** What the scanner says of a frame. Reused. */
export interface ScannedFrame {
  kind: FrameKind;
}

/**
 * Scans the frame that begins at `at`, if it is one of the symbol of `layouts`. Fills `frame` and `scanned` and returns
 * the position after the frame, or −1 when it is another symbol's or is to be parsed as JSON.
 */
export function scanFrame(
  source: Source,
  at: number,
  layouts: SymbolLayouts,
  frame: Frame,
  scanned: ScannedFrame,
): number {
  const stream = at + layouts.headLength + 1;
  switch (source.bytes[stream]) {
    case LETTER_T:
      scanned.kind = frameKinds.trade;
      return scanTrade(source, skip(source, at, layouts.trade), layouts, frame);
    case LETTER_B:
      scanned.kind = frameKinds.ticker;
      return scanTicker(source, at, layouts, frame);
    case LETTER_D: {
      scanned.kind = frameKinds.depth;
      // `depth@0ms` or `depth@100ms`
      const head = source.bytes[stream + 6] === DIGIT_0 ? layouts.depth0ms : layouts.depth100ms;
      return scanDepth(source, skip(source, at, head), layouts, frame);
    }
    default:
      return -1;
  }
}

/** futures: E T s t p q X m; spot: E s t p q T m M */
function scanTrade(source: Source, start: number, layouts: SymbolLayouts, frame: Frame): number {
  const { bytes } = source;
  const { numbers } = frame;
  let at = readLongInteger(source, start, numbers, TIME);
  if (at < 0) return -1;
  const isFutures = bytes[at + 2] === CAPITAL_T;
  if (isFutures) at = readLongInteger(source, skipShort(source, at, TRANSACTION_TIME), numbers, TIME);
  at = readInteger(source, skip(source, at, layouts.tradeName), numbers, ID);
  at = readDecimal(source, skipShort(source, at, PRICE_TEXT), numbers, PRICE);
  at = readDecimal(source, skipShort(source, at, QUANTITY_TEXT), numbers, QUANTITY);
  if (isFutures) {
    const afterKind = skip(source, at, MARKET_KIND);
    frame.isMarket = afterKind >= 0;
    if (afterKind >= 0) at = afterKind;
    else at = skipShort(source, skipText(bytes, skipShort(source, at, OTHER_KIND)), MAKER_AFTER_TEXT);
  } else {
    frame.isMarket = true;
    at = readLongInteger(source, skipShort(source, at, TIME_AFTER_TEXT), numbers, TIME);
    at = skipShort(source, skipBoolean(source, skipShort(source, at, MAKER)), IGNORED);
  }
  const end = skipShort(source, at, FALSE_END);
  return end >= 0 ? end : skipShort(source, at, TRUE_END);
}

/** futures: e u s b B a A T E; spot: u s b B a A */
function scanTicker(source: Source, start: number, layouts: SymbolLayouts, frame: Frame): number {
  const { bytes } = source;
  const { numbers } = frame;
  let at = skip(source, start, layouts.futuresTicker);
  const isFutures = at >= 0;
  if (!isFutures) at = skip(source, start, layouts.spotTicker);
  at = readLongInteger(source, at, numbers, ID);
  at = readDecimal(source, skip(source, at, layouts.tickerName), numbers, BID);
  at = readDecimal(source, skipShort(source, at, BEST_BID_QUANTITY), numbers, BID_QUANTITY);
  at = readDecimal(source, skipShort(source, at, BEST_ASK), numbers, ASK);
  at = readDecimal(source, skipShort(source, at, BEST_ASK_QUANTITY), numbers, ASK_QUANTITY);
  if (!isFutures) {
    numbers[TIME] = Number.NaN;
    return at >= 0 && bytes[at] === QUOTE ? skipEnd(bytes, at + 1) : -1;
  }
  at = readLongInteger(source, skipShort(source, at, TIME_AFTER_TEXT), numbers, TIME);
  return skipEnd(bytes, skipInteger(source, skipShort(source, at, EVENT_TIME)));
}

/** futures: E T s U u pu b a; spot: E s U u b a */
function scanDepth(source: Source, start: number, layouts: SymbolLayouts, frame: Frame): number {
  const { bytes } = source;
  const { numbers } = frame;
  let at = readLongInteger(source, start, numbers, TIME);
  if (at < 0) return -1;
  const isFutures = bytes[at + 2] === CAPITAL_T;
  if (isFutures) at = readLongInteger(source, skipShort(source, at, TRANSACTION_TIME), numbers, TIME);
  at = readLongInteger(source, skip(source, at, layouts.depthName), numbers, FIRST_ID);
  at = readLongInteger(source, skipShort(source, at, LAST_UPDATE), numbers, ID);
  if (isFutures) at = readLongInteger(source, skipShort(source, at, PREVIOUS_UPDATE), numbers, PREVIOUS_ID);
  else numbers[PREVIOUS_ID] = Number.NaN;
  at = scanLevels(source, skipShort(source, at, BID_LEVELS), frame, true);
  at = scanLevels(source, skipShort(source, at, ASK_LEVELS), frame, false);
  return at >= 0 ? skipEnd(bytes, at + 1) : -1;
}

/** `["58710.20","0.014"],[…` up to the list's closing bracket, whose position is returned. */
function scanLevels(source: Source, start: number, frame: Frame, isBid: boolean): number {
  if (start < 0) return -1;
  const { bytes, view } = source;
  let levels = isBid ? frame.bids : frame.asks;
  let at = start;
  let slot = 0;
  if (bytes[at] === OPEN && bytes[at + 1] === QUOTE) {
    at += 2;
    for (;;) {
      if (slot === levels.length) {
        if (slot >= 2 * FRAME_LEVELS_LIMIT) return -1;
        levels = grownLevels(levels);
        if (isBid) frame.bids = levels;
        else frame.asks = levels;
      }
      at = readDecimal(source, at, levels, slot);
      if (at < 0 || (view.getInt32(at, true) & THREE_BYTES) !== NEXT_TEXT) return -1;
      at = readDecimal(source, at + 3, levels, slot + 1);
      if (at < 0) return -1;
      slot += 2;
      if (view.getInt32(at, true) !== NEXT_LEVEL || bytes[at + 4] !== QUOTE) break;
      at += 5;
    }
    if (bytes[at] !== QUOTE || bytes[at + 1] !== CLOSE) return -1;
    at += 2;
  }
  if (bytes[at] !== CLOSE) return -1;
  if (isBid) frame.bidCount = slot >> 1;
  else frame.askCount = slot >> 1;
  return at;
}

function skipBoolean(source: Source, at: number): number {
  const end = skipShort(source, at, FALSE);
  return end >= 0 ? end : skipShort(source, at, TRUE);
}

/** `}}` */
function skipEnd(bytes: Uint8Array, at: number): number {
  return at >= 0 && bytes[at] === BRACE && bytes[at + 1] === BRACE ? at + 2 : -1;
}

/** To the closing quote of a text without escapes. */
function skipText(bytes: Uint8Array, start: number): number {
  if (start < 0) return -1;
  let at = start;
  while (bytes[at] !== QUOTE) {
    if (bytes[at] === BACKSLASH || bytes[at]! < 32) return -1;
    at++;
  }
  return at;
}
