import type { Source } from './literal.ts';

const SPACE = 32;
const DIGIT_0 = 48;
/** Digits of nanoseconds since 1970, from 2001 to 2286; the first 13 are milliseconds. */
const NANOSECOND_DIGITS = 19;

/**
 * Reads the receive time that begins a capture line, in nanoseconds, and writes it in whole milliseconds to `into[slot]`.
 * Returns the position after the space that follows, or −1 when no such time stands there.
 */
export function readReceiveTime({ bytes, view }: Source, start: number, into: Float64Array, slot: number): number {
  const end = start + NANOSECOND_DIGITS;
  if (end >= view.byteLength || bytes[end] !== SPACE) return -1;
  const a = view.getInt32(start, true);
  const b = view.getInt32(start + 4, true);
  const c = view.getInt32(start + 8, true);
  const last = (bytes[start + 12]! - DIGIT_0) >>> 0;
  const nanoseconds = areDigits(view.getInt32(start + 11, true)) && areDigits(view.getInt32(start + 15, true));
  if (!nanoseconds || !areDigits(a) || !areDigits(b) || !areDigits(c)) return -1;
  into[slot] = (fourDigits(a) * 10_000 + fourDigits(b)) * 100_000 + fourDigits(c) * 10 + last;
  return end + 1;
}

/** True when all four bytes of a word are '0' to '9': neither + 0x46 nor − 0x30 reaches the top bit of a byte. */
function areDigits(word: number): boolean {
  return (((word + 0x46464646) | (word - 0x30303030)) & 0x80808080) === 0;
}

/** The value of four ASCII digits in a little-endian word: pairs first, then the pair of pairs. */
function fourDigits(word: number): number {
  const digits = word - 0x30303030;
  const pairs = (Math.imul(digits, 10) + (digits >>> 8)) & 0x00ff00ff;
  return (Math.imul(pairs, 100) + (pairs >>> 16)) & 0xffff;
}
