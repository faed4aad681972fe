/** Which of two values of a limit is the looser one, by what the schema says of the field. */
import type { FormField } from './form-field.ts';
import { isObject, type Json } from './option-tree.ts';

/** A `manual` lock outlasts a day's, which outlasts one that ends with its cause. Seconds stand beside each other. */
const untilRank: Readonly<Record<string, number>> = { 'while-it-lasts': 0, 'day-end': 1e9, manual: 2e9 };

function rank({ kind, values, zeroIsOff, stricter }: FormField, value: Json): number {
  if (zeroIsOff && value === 0) return Number.NEGATIVE_INFINITY;
  const size = sizeOf(kind, values, value);
  return stricter === 'lower' ? -size : size;
}

function sizeOf(kind: FormField['kind'], values: readonly string[], value: Json): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return kind === 'until' ? (untilRank[String(value)] ?? 0) : values.indexOf(String(value));
}

const keyOf = (item: Json): string => {
  if (typeof item === 'string') return item.toUpperCase();
  return isObject(item)
    ? JSON.stringify(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
    : JSON.stringify(item);
};

/** True when `after` limits less than `before`; false for what is no limit. */
export function isLooser(field: FormField, before: Json, after: Json): boolean {
  if (field.stricter === null) return false;
  if (Array.isArray(before) && Array.isArray(after)) {
    const [longer, shorter] = field.stricter === 'higher' ? [after, before] : [before, after];
    const keys = new Set((longer as readonly Json[]).map(keyOf));
    return !(shorter as readonly Json[]).every((item) => keys.has(keyOf(item)));
  }
  return rank(field, after) < rank(field, before);
}

/** The value that counts where an override stands over the base: the stricter one, unless overrides may loosen. */
export function inForce(
  field: FormField,
  values: { base: Json; override: Json | undefined; mayLoosen: boolean },
): Json {
  const { base, override, mayLoosen } = values;
  if (override === undefined) return base;
  if (mayLoosen || field.stricter === null) return override;
  if (Array.isArray(base) && Array.isArray(override)) return bothLists(field, base, override);
  return isLooser(field, base, override) ? base : override;
}

function bothLists(field: FormField, base: readonly Json[], override: readonly Json[]): Json {
  const has = (list: readonly Json[], item: Json) => list.some((each) => keyOf(each) === keyOf(item));
  return field.stricter === 'higher'
    ? [...base, ...override.filter((item) => !has(base, item))]
    : override.filter((item) => has(base, item));
}
