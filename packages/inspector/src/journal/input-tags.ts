/**
 * Layout of encoded inputs, version 1. One tag byte, then the fields; numbers that are small by nature (a time against
 * `now`, a sequence, a count) are variable-length integers, prices and quantities are raw little-endian doubles.
 *
 * Low three bits: the kind. High bits: how the fields are written.
 */
export const CODEC_VERSION = 1;

export const KIND_JSON = 0;
export const KIND_TRADE = 1;
export const KIND_BOOK = 2;
export const KIND_PRICE = 3;
export const KIND_CANDLE = 4;
export const KIND_CLOCK = 5;
export const KIND_MASK = 0b111;

/** `market` of a trade, `mark` of a price. */
export const FLAG_TRUE = 0b1000;
/** `now` is a raw double, not a step from the input before it. */
export const FLAG_RAW_NOW = 0b1_0000;
/** `time` is a raw double, not a distance from `now`. */
export const FLAG_RAW_TIME = 0b10_0000;
/** `seq` follows as an integer; without this and the next flag it is NaN. */
export const FLAG_SEQ = 0b100_0000;
/** `seq` follows as a raw double. */
export const FLAG_RAW_SEQ = 0b1000_0000;
