/**
 * Whether JSON gives `value` back exactly. Inputs that come from the wire do; one that was built in this process may
 * hold NaN, -0, undefined or a Date, and then live and replay would be told different things.
 */
export function isExactJson(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0);
    case 'object':
      return value === null || isExactObject(value);
    default:
      return false;
  }
}

function isExactObject(value: object): boolean {
  if (Array.isArray(value)) return value.every(isExactJson);
  if (Object.getPrototypeOf(value) !== Object.prototype || 'toJSON' in value) return false;
  for (const key in value) if (!isExactJson(value[key as keyof typeof value])) return false;
  return true;
}

/** `value` as it will be read back. Throws what JSON throws: on a cycle, a bigint. */
export function asReadBack<T extends object>(value: T): T {
  return isExactJson(value) ? value : (JSON.parse(JSON.stringify(value)) as T);
}
