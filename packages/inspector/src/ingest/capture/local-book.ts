/**
 * The local book of one symbol, kept from depth updates and best quotes.
 *
 * Depth: the REST snapshot, then updates joined without a gap by `U`, `u` and (futures) `pu`; updates that came before
 * the snapshot are held until it is there. A gap empties the book until the next snapshot.
 *
 * Best quotes (bookTicker) come between two depth updates and are laid over them, never written into them: while the
 * ticker's `u` is above the depth's, the best level of each side is the ticker's, and depth counts only from prices worse
 * than it. Once depth has caught up, depth alone counts. So a level is never mixed from two moments, and nothing that a
 * ticker hid is lost.
 */
import type { BookInput } from '@inspector/engine';
import { ASK, ASK_QUANTITY, BID, BID_QUANTITY, FIRST_ID, type Frame, ID, PREVIOUS_ID } from './frame.ts';
import { clearLadder, copyBest, createPriceLadder, type PriceLadder, refine, setLevels } from './price-ladder.ts';

/** Levels a side that the engine is given: the walk of an order beyond them counts the book as too thin. */
export const EMITTED_LEVELS = 20;
/** Updates held while the snapshot is awaited; past it the oldest is dropped, and a snapshot that needs it is refused. */
const HELD_UPDATES_LIMIT = 1_000;

interface HeldUpdate {
  firstId: number;
  id: number;
  previousId: number;
  bids: Float64Array;
  asks: Float64Array;
}

export interface LocalBook {
  bids: PriceLadder;
  asks: PriceLadder;
  /** False until the snapshot is there, and after a gap. */
  synced: boolean;
  /** The snapshot is there and no update has been joined to it yet. */
  isFresh: boolean;
  /** Last update in the depth; −1 before. */
  depthId: number;
  /** Last update in the ticker; −1 before. */
  tickerId: number;
  /** Bid, bid quantity, ask, ask quantity. */
  ticker: Float64Array;
  held: HeldUpdate[];
  /** Counts joined depth updates; a gap leaves one out, so that the engine sees it. */
  seq: number;
  isBidStale: boolean;
  isAskStale: boolean;
  input: BookInput;
}

export function createLocalBook(symbol: number): LocalBook {
  return {
    bids: createPriceLadder(-1),
    asks: createPriceLadder(1),
    synced: false,
    isFresh: false,
    depthId: -1,
    tickerId: -1,
    ticker: new Float64Array(4),
    held: [],
    seq: 0,
    isBidStale: true,
    isAskStale: true,
    input: {
      kind: 'book',
      now: 0,
      symbol,
      bids: new Float64Array(2 * EMITTED_LEVELS),
      bidCount: 0,
      asks: new Float64Array(2 * EMITTED_LEVELS),
      askCount: 0,
      time: 0,
      seq: Number.NaN,
    },
  };
}

/** Takes a depth update; false when the book shows nothing new. */
export function applyDepth(book: LocalBook, frame: Frame): boolean {
  const { numbers } = frame;
  if (!book.synced) {
    hold(book, frame);
    return false;
  }
  const id = numbers[ID]!;
  if (id <= book.depthId) return false; // the snapshot, or an update before, has it already
  const previous = numbers[PREVIOUS_ID]!;
  const first = numbers[FIRST_ID]!;
  if (!follows(book, first, previous)) {
    loseSync(book);
    hold(book, frame);
    return book.tickerId >= 0;
  }
  const wasLaidOver = book.tickerId > book.depthId;
  book.isFresh = false;
  book.depthId = id;
  book.seq++;
  setLevels(book.bids, frame.bids, frame.bidCount);
  setLevels(book.asks, frame.asks, frame.askCount);
  const isCaughtUp = wasLaidOver && book.tickerId <= id;
  if (frame.bidCount > 0 || isCaughtUp) book.isBidStale = true;
  if (frame.askCount > 0 || isCaughtUp) book.isAskStale = true;
  return true;
}

/** Takes a best quote; false when depth is newer. */
export function applyTicker(book: LocalBook, { numbers }: Frame): boolean {
  const id = numbers[ID]!;
  if (id <= book.tickerId || (book.synced && id <= book.depthId)) return false;
  const { ticker, input } = book;
  const wasLaidOver = book.tickerId > book.depthId;
  book.tickerId = id;
  const bid = numbers[BID]!;
  const ask = numbers[ASK]!;
  if (!wasLaidOver || bid !== ticker[0] || isAbsent(ticker, 0)) book.isBidStale = true;
  if (!wasLaidOver || ask !== ticker[2] || isAbsent(ticker, 2)) book.isAskStale = true;
  ticker[0] = bid;
  ticker[1] = numbers[BID_QUANTITY]!;
  ticker[2] = ask;
  ticker[3] = numbers[ASK_QUANTITY]!;
  // Usually only a quantity at an unchanged price: then one number is all that changes.
  if (isAbsent(ticker, 0)) book.isBidStale = true;
  else if (!book.isBidStale) input.bids[1] = ticker[1]!;
  if (isAbsent(ticker, 2)) book.isAskStale = true;
  else if (!book.isAskStale) input.asks[1] = ticker[3]!;
  return true;
}

/** Takes the REST snapshot and joins the held updates; false when the book stays without one. */
export function applySnapshot(book: LocalBook, frame: Frame): boolean {
  if (book.synced) return false;
  const id = frame.numbers[ID]!;
  const held = book.held.filter((update) => update.id > id);
  // A held update that begins after the snapshot would leave a gap: this snapshot is too old.
  if (held[0] && held[0].firstId > id + 1) return false;
  clearLadder(book.bids);
  clearLadder(book.asks);
  setLevels(book.bids, frame.bids, frame.bidCount);
  setLevels(book.asks, frame.asks, frame.askCount);
  book.held = [];
  book.synced = true;
  book.isFresh = true;
  book.depthId = id;
  book.isBidStale = true;
  book.isAskStale = true;
  for (const update of held) {
    if (!follows(book, update.firstId, update.previousId)) {
      loseSync(book);
      return false;
    }
    book.isFresh = false;
    book.depthId = update.id;
    book.seq++;
    setLevels(book.bids, update.bids, update.bids.length / 2);
    setLevels(book.asks, update.asks, update.asks.length / 2);
  }
  return true;
}

/** Brings `book.input`'s levels up to date; false when a side is empty and there is no book to show. */
export function fillBookInput(book: LocalBook): boolean {
  const { input, ticker } = book;
  const isLaidOver = book.tickerId > book.depthId;
  if (book.isBidStale) input.bidCount = fillSide(book.bids, input.bids, ticker, isLaidOver ? 0 : -1);
  if (book.isAskStale) input.askCount = fillSide(book.asks, input.asks, ticker, isLaidOver ? 2 : -1);
  book.isBidStale = false;
  book.isAskStale = false;
  return input.bidCount > 0 && input.askCount > 0;
}

/** `slot` is the side's place in the ticker, −1 when only depth counts. */
function fillSide(ladder: PriceLadder, into: Float64Array, ticker: Float64Array, slot: number): number {
  if (slot < 0 || isAbsent(ticker, slot)) return copyBest(ladder, Number.NaN, into, 0, EMITTED_LEVELS);
  const price = ticker[slot]!;
  refine(ladder, price); // nothing to do unless it is finer than any before
  into[0] = price;
  into[1] = ticker[slot + 1]!;
  return copyBest(ladder, price, into, 1, EMITTED_LEVELS);
}

/** A venue without a quote on one side says so with zeros. */
function isAbsent(ticker: Float64Array, slot: number): boolean {
  return !(ticker[slot]! > 0 && ticker[slot + 1]! > 0);
}

/** True when an update joins on to what the book has. */
function follows(book: LocalBook, firstId: number, previousId: number): boolean {
  if (book.isFresh) return firstId <= book.depthId + 1;
  return Number.isNaN(previousId) ? firstId === book.depthId + 1 : previousId === book.depthId;
}

function loseSync(book: LocalBook): void {
  clearLadder(book.bids);
  clearLadder(book.asks);
  book.synced = false;
  book.depthId = -1;
  book.seq += 2;
  book.isBidStale = true;
  book.isAskStale = true;
}

function hold(book: LocalBook, frame: Frame): void {
  if (book.held.length === HELD_UPDATES_LIMIT) book.held.shift();
  book.held.push({
    firstId: frame.numbers[FIRST_ID]!,
    id: frame.numbers[ID]!,
    previousId: frame.numbers[PREVIOUS_ID]!,
    bids: frame.bids.slice(0, 2 * frame.bidCount),
    asks: frame.asks.slice(0, 2 * frame.askCount),
  });
}
