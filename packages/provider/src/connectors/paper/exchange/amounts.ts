/** Relative distance within which two amounts count as equal: binary fractions of decimal prices differ by far less. */
const EQUAL_WITHIN = 1e-9;
/** Decimal digits that a sum of quantities keeps; the rest is noise of binary fractions. */
const KEPT_DIGITS = 14;

/** True when `value` is at or above `level`, a value within 1e-9 (relative) being at it. */
export const reachesUp = (value: number, level: number): boolean => value >= level - EQUAL_WITHIN * Math.abs(level);

/** True when `value` is at or below `level`, a value within 1e-9 (relative) being at it. */
export const reachesDown = (value: number, level: number): boolean => value <= level + EQUAL_WITHIN * Math.abs(level);

/** a − b without the residue that binary fractions leave (0.3 − 0.1 − 0.2 is 0, not 5e-17). */
export function subtractQuantity(a: number, b: number): number {
  const difference = a - b;
  if (Math.abs(difference) <= EQUAL_WITHIN * Math.max(Math.abs(a), Math.abs(b))) return 0;
  return Number(difference.toPrecision(KEPT_DIGITS));
}

/** a + b, rounded to the digits that decimal quantities can have. */
export const addQuantity = (a: number, b: number): number => Number((a + b).toPrecision(KEPT_DIGITS));
