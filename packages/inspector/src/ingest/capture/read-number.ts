/**
 * Numbers straight from bytes, without a string. Each function writes the number to `into[slot]` and returns the position
 * after it, or −1 when there is none that it can read exactly. (A returned double would be a heap object each time.)
 *
 * A number must be followed by 16 bytes and a byte that is no digit: callers scan no line that is the last of its piece.
 */
import { fourDigits, isClear, nonDigits } from './digits.ts';
import type { Source } from './literal.ts';

const DIGIT_0 = 48;
const POINT = 46;
/** Digits that an int32 surely holds. */
const CHUNK = 9;
/** Integers of this many digits are exact in a double, and IEEE division by a power of ten rounds once: as `Number` does. */
const EXACT_DIGITS = 15;

const powersOfTen = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, exponent) => 10 ** exponent);

/** An unsigned integer of up to 15 digits. */
export function readInteger({ bytes }: Source, start: number, into: Float64Array, slot: number): number {
  if (start < 0) return -1; // what came before has failed
  let at = start;
  let high = 0;
  let low = 0;
  // `>>> 0` makes everything below '0' a large number, so that one comparison is enough.
  let digit = (bytes[at]! - DIGIT_0) >>> 0;
  const chunkEnd = start + CHUNK;
  while (digit <= 9 && at < chunkEnd) {
    high = (high * 10 + digit) | 0;
    digit = (bytes[++at]! - DIGIT_0) >>> 0;
  }
  while (digit <= 9) {
    low = (low * 10 + digit) | 0;
    digit = (bytes[++at]! - DIGIT_0) >>> 0;
  }
  const digits = at - start;
  if (digits === 0 || digits > EXACT_DIGITS) return -1;
  into[slot] = digits <= CHUNK ? high : high * powersOfTen[digits - CHUNK]! + low;
  return at;
}

/** An integer that usually has 13 digits, as times in ms and the update ids of futures do: those go by words. */
export function readLongInteger(source: Source, start: number, into: Float64Array, slot: number): number {
  if (start < 0) return -1;
  const { bytes, view } = source;
  const a = view.getInt32(start, true);
  const b = view.getInt32(start + 4, true);
  const c = view.getInt32(start + 8, true);
  const last = (bytes[start + 12]! - DIGIT_0) >>> 0;
  const isLonger = (bytes[start + 13]! - DIGIT_0) >>> 0 <= 9;
  const isUsual = isClear(nonDigits(a) | nonDigits(b) | nonDigits(c)) && last <= 9 && !isLonger;
  if (!isUsual) return readInteger(source, start, into, slot);
  into[slot] = (fourDigits(a) * 10_000 + fourDigits(b)) * 100_000 + fourDigits(c) * 10 + last;
  return start + 13;
}

/** The position after an integer, −1 when there is none. */
export function skipInteger({ bytes, view }: Source, start: number): number {
  if (start < 0) return -1;
  const rest = nonDigits(view.getInt32(start + 8, true)) | nonDigits(view.getInt32(start + 4, true));
  let at = isClear(nonDigits(view.getInt32(start, true)) | rest) ? start + 12 : start;
  while ((bytes[at]! - DIGIT_0) >>> 0 <= 9) at++;
  return at > start ? at : -1;
}

/**
 * An unsigned decimal of at most 9 digits before the point, 9 after it and 15 in all: the same double as `Number` gives.
 */
export function readDecimal({ bytes }: Source, start: number, into: Float64Array, slot: number): number {
  if (start < 0) return -1;
  let at = start;
  let whole = 0;
  let digit = (bytes[at]! - DIGIT_0) >>> 0;
  while (digit <= 9) {
    whole = (whole * 10 + digit) | 0;
    digit = (bytes[++at]! - DIGIT_0) >>> 0;
  }
  const wholeDigits = at - start;
  if (wholeDigits === 0 || wholeDigits > CHUNK) return -1;
  if (bytes[at] !== POINT) {
    into[slot] = whole;
    return at;
  }
  const fractionStart = ++at;
  let fraction = 0;
  digit = (bytes[at]! - DIGIT_0) >>> 0;
  while (digit <= 9) {
    fraction = (fraction * 10 + digit) | 0;
    digit = (bytes[++at]! - DIGIT_0) >>> 0;
  }
  const fractionDigits = at - fractionStart;
  if (fractionDigits === 0 || fractionDigits > CHUNK || wholeDigits + fractionDigits > EXACT_DIGITS) return -1;
  const power = powersOfTen[fractionDigits]!;
  into[slot] = (whole * power + fraction) / power;
  return at;
}
