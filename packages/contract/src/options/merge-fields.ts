/**
 * Lays a patch over options by walking the schema: what the schema does not know is an error, lists are replaced whole, and a
 * value that is refused leaves the base as it was, so that everything else can still be judged. The walk is as deep as the
 * schema, whatever the patch is.
 */
import { Check } from 'typebox/value';
import { type FieldError, pointerStep } from '#validation/field-error.ts';
import { copyOf } from './copy.ts';
import { expectationOf, shown } from './expectation.ts';

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  maxProperties?: number;
}
type Fields = Record<string, unknown>;

export interface Merge {
  errors: FieldError[];
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The base with the patch laid over it; violations are added to `merge.errors`. */
export function mergeFields(merge: Merge, schema: object, base: unknown, patch: unknown, path = ''): unknown {
  const node = schema as Schema;
  if (node.properties === undefined && node.patternProperties === undefined)
    return leaf(merge, node, base, patch, path);
  if (!isObject(patch)) {
    merge.errors.push({ path, message: `must be an object, not ${shown(patch)}` });
    return base;
  }
  const from = isObject(base) ? base : {};
  return node.properties === undefined
    ? mapOf(merge, node, from, patch, path)
    : groupOf(merge, node, from, patch, path);
}

function groupOf(merge: Merge, schema: Schema, base: Fields, patch: Fields, path: string): Fields {
  const properties = schema.properties ?? {};
  for (const name of Object.keys(patch)) {
    if (!Object.hasOwn(properties, name)) {
      merge.errors.push({ path: `${path}/${pointerStep(name)}`, message: 'is not a known option' });
    }
  }
  const merged: Fields = {};
  for (const [name, field] of Object.entries(properties)) {
    const removable = schema.required?.includes(name) !== true;
    const given = Object.hasOwn(patch, name) ? patch[name] : undefined;
    if (given === null && removable) continue;
    const value = given === undefined ? base[name] : mergeFields(merge, field, base[name], given, `${path}/${name}`);
    if (value !== undefined) merged[name] = value;
  }
  return merged;
}

function mapOf(merge: Merge, schema: Schema, base: Fields, patch: Fields, path: string): Fields {
  const [pattern = '', entry = {}] = Object.entries(schema.patternProperties ?? {})[0] ?? [];
  const allowed = new RegExp(pattern, 'u');
  const merged: Fields = { ...base };
  for (const [name, given] of Object.entries(patch)) {
    const at = `${path}/${pointerStep(name)}`;
    if (!allowed.test(name)) {
      merge.errors.push({ path: at, message: 'is no name: 1 to 200 characters without spaces' });
    } else if (given === null) {
      delete merged[name];
    } else {
      const value = mergeFields(merge, entry, merged[name], given, at);
      if (value !== undefined) merged[name] = value;
    }
  }
  const count = Object.keys(merged).length;
  if (count <= (schema.maxProperties ?? count)) return merged;
  merge.errors.push({ path, message: `holds ${count} entries, at most ${schema.maxProperties} are kept` });
  return base;
}

function leaf(merge: Merge, schema: Schema, base: unknown, given: unknown, path: string): unknown {
  if (Check(schema, given)) return copyOf(given);
  const before = merge.errors.length;
  if (schema.items !== undefined && Array.isArray(given)) itemErrors(merge, schema.items, given, path);
  if (merge.errors.length === before) {
    merge.errors.push({ path, message: `must be ${expectationOf(schema)}, not ${shown(given)}` });
  }
  return base;
}

/** Each item by itself, so that the place of a fault in a list is named. */
function itemErrors(merge: Merge, schema: Schema, items: unknown[], path: string): void {
  for (const [index, item] of items.entries()) {
    if (Check(schema, item)) continue;
    const at = `${path}/${index}`;
    if (schema.properties === undefined || !isObject(item)) {
      merge.errors.push({ path: at, message: `must be ${expectationOf(schema)}, not ${shown(item)}` });
      continue;
    }
    for (const name of schema.required ?? []) {
      if (!Object.hasOwn(item, name)) merge.errors.push({ path: `${at}/${name}`, message: 'is missing' });
    }
    groupOf(merge, schema, {}, item, at);
  }
}
