import assert from 'node:assert/strict';
import { defaultOptions, OptionsSchema } from '@inspector/contract/options';
import { fieldsByPath, formGroups } from '../form-field.ts';
import { type JsonObject, withValue } from '../option-tree.ts';

const byPath = fieldsByPath(formGroups(JSON.parse(JSON.stringify(OptionsSchema))));
export const fields = [...byPath.values()];
export const running = JSON.parse(JSON.stringify(defaultOptions)) as JsonObject;
export const set = (options: JsonObject, path: string, value: unknown): JsonObject =>
  withValue(options, path.split('.'), value as never);
export const field = (path: string) => {
  const found = byPath.get(path);
  assert.ok(found !== undefined, path);
  return found;
};
