/**
 * Rounding to a venue's tick or step. A value within 1e-9 of a multiple counts as that multiple, and the result is the
 * double nearest to the decimal multiple, so that 198001 ticks of 0.01 is 1980.01 and not 1980.0100000000002.
 */
const SNAP = 1e-9;

/** The largest multiple of `step` that is not above `value`; `value` itself when there is no step. */
export function floorToStep(value: number, step: number): number {
  if (!(step > 0)) return value;
  const multiple = value / step;
  const nearest = Math.round(multiple);
  return multipleOf(isSnapped(multiple, nearest) ? nearest : Math.floor(multiple), step);
}

/** The smallest multiple of `step` that is not below `value`; `value` itself when there is no step. */
export function ceilToStep(value: number, step: number): number {
  if (!(step > 0)) return value;
  const multiple = value / step;
  const nearest = Math.round(multiple);
  return multipleOf(isSnapped(multiple, nearest) ? nearest : Math.ceil(multiple), step);
}

/** The multiple of `step` that the value is within rounding of; the value itself when it is none. For sums of quantities. */
export function snapToStep(value: number, step: number): number {
  if (!(step > 0)) return value;
  const multiple = value / step;
  const nearest = Math.round(multiple);
  return isSnapped(multiple, nearest) ? multipleOf(nearest, step) : value;
}

function isSnapped(multiple: number, nearest: number): boolean {
  return Math.abs(multiple - nearest) <= SNAP * Math.max(1, Math.abs(nearest));
}

function multipleOf(count: number, step: number): number {
  const perUnit = 1 / step;
  const whole = Math.round(perUnit);
  return whole >= 1 && isSnapped(perUnit, whole) ? count / whole : count * step;
}
