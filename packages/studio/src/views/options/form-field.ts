/** The form that the schema of the options describes, in the schema's order. */
import { fieldLabel, groupLabel } from './field-label.ts';
import { isObject, type Json, type Steps } from './option-tree.ts';

export type FieldKind = 'number' | 'integer' | 'boolean' | 'text' | 'enum' | 'list' | 'until' | 'windows';

export interface FormField {
  /** `group.field`, or `policies.drawdown.action`. */
  path: string;
  steps: Steps;
  kind: FieldKind;
  label: string;
  /** As the schema has it, null where the value has none. */
  unit: string | null;
  minimum: number | null;
  exclusiveMinimum: number | null;
  maximum: number | null;
  maxLength: number | null;
  maxItems: number | null;
  pattern: string | null;
  /** Allowed words, the loosest first where it is a limit. */
  values: readonly string[];
  /** What it takes, in words, where bounds do not say it. */
  expects: string | null;
  default: Json;
  description: string;
  /** Which value of a limit is the stricter one; null is no limit. */
  stricter: 'lower' | 'higher' | null;
  /** 0 switches the limit off and is its loosest value. */
  zeroIsOff: boolean;
}

export interface FormGroup {
  name: string;
  label: string;
  description: string;
  fields: readonly FormField[];
}

type Keywords = Readonly<Record<string, unknown>>;

const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const words = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((word) => typeof word === 'string') : [];

function wordsOf(schema: Keywords): string[] {
  const branches = Array.isArray(schema.anyOf) ? (schema.anyOf as Keywords[]) : [];
  return [schema, ...branches].flatMap((branch) => [
    ...words(branch.enum),
    ...(typeof branch.const === 'string' ? [branch.const] : []),
  ]);
}

function kindOf(schema: Keywords): FieldKind {
  if (Array.isArray(schema.anyOf)) {
    const takesNumbers = (schema.anyOf as Keywords[]).some(({ type }) => type === 'number' || type === 'integer');
    return takesNumbers ? 'until' : 'enum';
  }
  if (Array.isArray(schema.enum)) return 'enum';
  if (schema.type === 'array') return isObject((schema.items as Keywords | undefined)?.properties) ? 'windows' : 'list';
  if (schema.type === 'string') return 'text';
  return schema.type as 'number' | 'integer' | 'boolean';
}

function boundOf(schema: Keywords, name: string): number | null {
  const branches = Array.isArray(schema.anyOf) ? (schema.anyOf as Keywords[]) : [];
  return [schema, ...branches].map((branch) => numberOrNull(branch[name])).find((bound) => bound !== null) ?? null;
}

function fieldOf(steps: Steps, schema: Keywords): FormField {
  const unit = textOrNull(schema['x-unit']);
  const stricter = schema['x-stricter'];
  return {
    path: steps.join('.'),
    steps,
    kind: kindOf(schema),
    label: fieldLabel(steps.at(-1) ?? ''),
    unit: unit === 'list' ? null : unit,
    minimum: boundOf(schema, 'minimum'),
    exclusiveMinimum: boundOf(schema, 'exclusiveMinimum'),
    maximum: boundOf(schema, 'maximum'),
    maxLength: numberOrNull(schema.maxLength),
    maxItems: numberOrNull(schema.maxItems),
    pattern: textOrNull(schema.pattern),
    values: wordsOf(schema),
    expects: textOrNull(schema['x-expects']),
    default: (schema.default ?? null) as Json,
    description: textOrNull(schema.description) ?? '',
    stricter: stricter === 'lower' || stricter === 'higher' ? stricter : null,
    zeroIsOff: schema['x-zero-is-off'] === true,
  };
}

function fieldsOf(steps: Steps, schema: Keywords): FormField[] {
  if (!isObject(schema.properties)) return [fieldOf(steps, schema)];
  return Object.entries(schema.properties).flatMap(([name, child]) => fieldsOf([...steps, name], child as Keywords));
}

/** Every group but `overrides`, which is edited by the fields of the others. Empty for what is no such schema. */
export function formGroups(schema: unknown): FormGroup[] {
  if (!isObject(schema) || !isObject(schema.properties)) return [];
  return Object.entries(schema.properties)
    .filter(([name]) => name !== 'overrides')
    .map(([name, group]) => ({
      name,
      label: groupLabel(name),
      description: textOrNull((group as Keywords).description) ?? '',
      fields: fieldsOf([name], group as Keywords),
    }));
}

/** Every field by its path. */
export const fieldsByPath = (groups: readonly FormGroup[]): ReadonlyMap<string, FormField> =>
  new Map(groups.flatMap(({ fields }) => fields).map((field) => [field.path, field]));
