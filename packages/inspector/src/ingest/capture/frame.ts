/**
 * A venue frame as numbers. The byte scanner and the JSON fallback both fill one of these, and everything after them is
 * the same for both. It is reused: doubles live in a typed array, so that writing one allocates nothing.
 */
export const frameKinds = { none: 0, trade: 1, ticker: 2, depth: 3, snapshot: 4, mark: 5 } as const;
export type FrameKind = (typeof frameKinds)[keyof typeof frameKinds];

/** Places in `Frame.numbers`. Ids and times are integers below 2^53. */
export const TIME = 0; // the venue's time in Unix ms, NaN where the frame has none
export const ID = 1; // trade: its id; ticker: `u`; depth: `u`, the last update in it; snapshot: lastUpdateId
export const PRICE = 2; // trade, mark
export const QUANTITY = 3; // trade
export const BID = 2; // ticker
export const BID_QUANTITY = 3;
export const ASK = 4;
export const ASK_QUANTITY = 5;
export const FIRST_ID = 2; // depth: `U`, the first update in it
export const PREVIOUS_ID = 3; // depth: `pu`, the last update of the frame before, NaN on spot
const NUMBERS = 6;

/** Levels a side of one frame; a frame with more is refused. The largest in practice is a snapshot of 5,000. */
export const FRAME_LEVELS_LIMIT = 10_000;
const INITIAL_LEVELS = 256;

export interface Frame {
  numbers: Float64Array;
  /** Of a trade: false for a print that is no market trade. */
  isMarket: boolean;
  /** Changed levels: price, quantity, price, quantity …; quantity 0 deletes. */
  bids: Float64Array;
  bidCount: number;
  asks: Float64Array;
  askCount: number;
}

export function createFrame(): Frame {
  return {
    numbers: new Float64Array(NUMBERS),
    isMarket: true,
    bids: new Float64Array(2 * INITIAL_LEVELS),
    bidCount: 0,
    asks: new Float64Array(2 * INITIAL_LEVELS),
    askCount: 0,
  };
}

/** The same levels in an array of twice the size. */
export function grownLevels(levels: Float64Array): Float64Array {
  const grown = new Float64Array(2 * levels.length);
  grown.set(levels);
  return grown;
}
