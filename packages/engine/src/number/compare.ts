/**
 * Comparison with limits. A value within 1e-9 (relative) of a limit is at the limit: at the limit, size rules pass
 * (`exceeds` is false) and loss and count rules trip (`reaches` is true).
 */
const RELATIVE_TOLERANCE = 1e-9;

/** value ≥ limit, or at it. */
export function reaches(value: number, limit: number): boolean {
  return value >= limit - Math.abs(limit) * RELATIVE_TOLERANCE;
}

/** value > limit, and not at it. */
export function exceeds(value: number, limit: number): boolean {
  return value > limit + Math.abs(limit) * RELATIVE_TOLERANCE;
}

/** value < limit, and not at it. */
export function isBelow(value: number, limit: number): boolean {
  return value < limit - Math.abs(limit) * RELATIVE_TOLERANCE;
}

/** Equal within the tolerance, for quantities and prices that travelled through decimal strings. */
export function isSame(left: number, right: number): boolean {
  return left === right || Math.abs(left - right) <= Math.max(Math.abs(left), Math.abs(right)) * RELATIVE_TOLERANCE;
}
