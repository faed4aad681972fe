/**
 * A copy of a JSON value that has passed its schema, whose depth is therefore bounded. −0 becomes 0: JSON does not keep its
 * sign, and options that are stored and read back must be the same.
 */
export function copyOf<Value>(value: Value): Value {
  if (value === 0) return 0 as Value;
  if (Array.isArray(value)) return value.map(copyOf) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copyOf(inner)])) as Value;
}
