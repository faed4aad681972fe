/** Says in words what a field of the options takes, with its bounds and unit. */
type Keywords = Record<string, unknown>;

const boundsOf = ({ minimum, exclusiveMinimum, maximum }: Keywords): string => {
  if (exclusiveMinimum !== undefined) return ` above ${exclusiveMinimum} and up to ${maximum}`;
  return minimum === undefined ? '' : ` from ${minimum} to ${maximum}`;
};

const wordsAreUnits = new Set(['list', 'port', 'ratio']);
const unitOf = (unit: unknown): string => (typeof unit === 'string' && !wordsAreUnits.has(unit) ? ` (${unit})` : '');

/** For example `a number from 0 to 100 (%)`. */
export function expectationOf(schema: object): string {
  const keywords = schema as Keywords;
  if (typeof keywords['x-expects'] === 'string') return keywords['x-expects'];
  if (Array.isArray(keywords.enum)) return `one of ${keywords.enum.join(', ')}`;
  switch (keywords.type) {
    case 'number':
      return `a number${boundsOf(keywords)}${unitOf(keywords['x-unit'])}`;
    case 'integer':
      return `a whole number${boundsOf(keywords)}${unitOf(keywords['x-unit'])}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      return `a text of ${keywords.minLength ?? 0} to ${keywords.maxLength} characters`;
    case 'array':
      return `a list of at most ${keywords.maxItems} entries, without repetition where order does not count`;
    default:
      return 'an object';
  }
}

/** The value itself when it is short, else what it is. Never walks into it: it may be of any depth. */
export function shown(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return value.length <= 40 ? JSON.stringify(value) : 'a long text';
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'an object';
  return String(value);
}
