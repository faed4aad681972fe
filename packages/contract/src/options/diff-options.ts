import { pointerStep } from '#validation/field-error.ts';
import type { Options } from './schema.ts';

/** One changed field. `before` or `after` is absent where an override was added or removed. */
export interface OptionChange {
  path: string;
  before?: unknown;
  after?: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields in which two options differ, in the order of the schema. Lists are compared whole. */
export function diffOptions(before: Options, after: Options): OptionChange[] {
  const changes: OptionChange[] = [];
  compare(before, after, '', changes);
  return changes;
}

function compare(before: unknown, after: unknown, path: string, into: OptionChange[]): void {
  if (isObject(before) && isObject(after)) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      compare(before[name], after[name], `${path}/${pointerStep(name)}`, into);
    }
  } else if (JSON.stringify(before) !== JSON.stringify(after)) {
    into.push({
      path,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    });
  }
}
