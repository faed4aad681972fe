/** The fields in which two versions of the options differ, for the audit. */
export interface OptionChange {
  path: string;
  from: unknown;
  to: unknown;
}

export function differenceOf(before: unknown, after: unknown, path = ''): OptionChange[] {
  if (isGroup(before) && isGroup(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return names.flatMap((name) =>
      differenceOf(ownOf(before, name), ownOf(after, name), path === '' ? name : `${path}.${name}`),
    );
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [{ path, from: before ?? null, to: after ?? null }];
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An override may be called like something that every object has. */
const ownOf = (group: Record<string, unknown>, name: string): unknown =>
  Object.hasOwn(group, name) ? group[name] : undefined;
