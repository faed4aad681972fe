/** Expected records of a replay: an ordered subsequence in which only the named fields count. */
export interface ExpectedRecords {
  about: string;
  venue: 'none' | 'paper';
  options?: unknown;
  env?: Record<string, string>;
  expected: Record<string, unknown>[];
}

/** Numbers are equal within this, relative to their size above 1. */
const TOLERANCE = 1e-9;

export interface MissingRecord {
  /** Index of the first expected record that did not come. */
  index: number;
  expected: unknown;
  /** Records after the one that fulfilled the expectation before it, among which it was looked for. */
  candidates: unknown[];
}

/** The first expected record that does not come after the one before it, null when all come in order. */
export function firstMissing(records: readonly unknown[], expected: readonly unknown[]): MissingRecord | null {
  let from = 0;
  for (const [index, wanted] of expected.entries()) {
    let at = from;
    while (at < records.length && !matches(records[at], wanted)) at++;
    if (at === records.length) return { index, expected: wanted, candidates: records.slice(from) };
    from = at + 1;
  }
  return null;
}

/** True when every field that `wanted` names is there and equal, at any depth. */
export function matches(found: unknown, wanted: unknown): boolean {
  if (typeof wanted === 'number' && typeof found === 'number') {
    return Math.abs(found - wanted) <= TOLERANCE * Math.max(1, Math.abs(wanted));
  }
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(found) && found.length === wanted.length && wanted.every((item, at) => matches(found[at], item))
    );
  }
  if (typeof wanted !== 'object' || wanted === null) return Object.is(found, wanted);
  if (typeof found !== 'object' || found === null) return false;
  return Object.entries(wanted).every(([name, value]) => matches((found as Record<string, unknown>)[name], value));
}
