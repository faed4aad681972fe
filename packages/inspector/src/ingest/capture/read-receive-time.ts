import { fourDigits, isClear, nonDigits } from './digits.ts';
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
  const last = bytes[start + 12]! - DIGIT_0;
  const rest = nonDigits(view.getInt32(start + 11, true)) | nonDigits(view.getInt32(start + 15, true));
  if (!isClear(nonDigits(a) | nonDigits(b) | nonDigits(c) | rest)) return -1;
  into[slot] = (fourDigits(a) * 10_000 + fourDigits(b)) * 100_000 + fourDigits(c) * 10 + last;
  return end + 1;
}
