/** Four ASCII digits at a time, in a little-endian word. */

/**
 * Has no top bit of a byte set when all four bytes are '0' to '9': neither + 0x46 nor − 0x30 reaches it. Those of several
 * words are or-ed and looked at once.
 */
export function nonDigits(word: number): number {
  return (word + 0x46464646) | 0 | ((word - 0x30303030) | 0);
}

/** Of what `nonDigits` gives: true when there was none. */
export function isClear(nonDigits: number): boolean {
  return (nonDigits & 0x80808080) === 0;
}

/** The value of four digits: pairs first, then the pair of pairs. */
export function fourDigits(word: number): number {
  const digits = (word - 0x30303030) | 0;
  const pairs = (Math.imul(digits, 10) + (digits >>> 8)) & 0x00ff00ff;
  return (Math.imul(pairs, 100) + (pairs >>> 16)) & 0xffff;
}
