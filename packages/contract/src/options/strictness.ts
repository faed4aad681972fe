import { governorActions } from '#codes/policies.ts';
import type { OptionField } from './option-fields.ts';

/** Larger is stricter. An off switch (0) is the loosest of all. */
function rank(field: OptionField, value: unknown): number {
  if (field.zeroIsOff && value === 0) return Number.NEGATIVE_INFINITY;
  const size = magnitude(field, value);
  return field.stricter === 'lower' ? -size : size;
}

/** A `manual` lock outlasts a day's, which outlasts one that ends with its cause. Seconds stand beside each other. */
const untilOrder: Readonly<Record<string, number>> = { 'while-it-lasts': 0, 'day-end': 1e9, manual: 2e9 };

function magnitude(field: OptionField, value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (field.type === 'until') return untilOrder[String(value)] ?? 0;
  return (field.values ?? governorActions).indexOf(String(value) as never);
}

/** True when the override of a limit is looser than the base; false for what is no limit. */
export function isLooser(field: OptionField, base: unknown, override: unknown): boolean {
  if (field.stricter === null) return false;
  if (Array.isArray(base) && Array.isArray(override)) {
    return field.stricter === 'higher' ? !holdsAll(override, base) : !holdsAll(base, override);
  }
  return rank(field, override) < rank(field, base);
}

/**
 * The stricter of two values of a limit. Of lists it is the union where the longer is stricter, else what they have in
 * common. What is no limit follows the override.
 */
export function stricterOf(field: OptionField, base: unknown, override: unknown): unknown {
  if (field.stricter === null) return override;
  if (Array.isArray(base) && Array.isArray(override)) {
    return field.stricter === 'higher'
      ? [...base, ...override.filter((item) => !holds(base, item))]
      : override.filter((item) => holds(base, item));
  }
  return isLooser(field, base, override) ? base : override;
}

/** Items are short strings, whose case does not count, or windows. */
const keyOf = (item: unknown): string => (typeof item === 'string' ? item.toUpperCase() : JSON.stringify(item));
const holds = (list: readonly unknown[], item: unknown): boolean => list.some((each) => keyOf(each) === keyOf(item));

function holdsAll(list: readonly unknown[], items: readonly unknown[]): boolean {
  const keys = new Set(list.map(keyOf));
  return items.every((item) => keys.has(keyOf(item)));
}
