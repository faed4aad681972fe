import type Type from 'typebox';
import type { Stricter } from './field.ts';
import { OptionsSchema } from './schema.ts';

/** A field of the options, as the docs, the editor and the resolution of overrides need it. */
export interface OptionField {
  /** `group.field`, for example `riskManagement.maxDailyLossPercent`; `noTradeWindows` is a field by itself. */
  path: string;
  type: 'number' | 'integer' | 'boolean' | 'string' | 'enum' | 'list' | 'until';
  unit: string | null;
  minimum: number | null;
  exclusiveMinimum: number | null;
  maximum: number | null;
  /** Allowed values of an enum, the loosest first where it is a limit. */
  values: readonly string[] | null;
  /** What it takes, in words, where type and bounds do not say it. */
  expects: string | null;
  default: unknown;
  description: string;
  stricter: Stricter;
  isLimit: boolean;
  /** 0 switches the limit off and is its loosest value. */
  zeroIsOff: boolean;
}

type Keywords = Record<string, unknown>;

const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);

function typeOf(schema: Keywords): OptionField['type'] {
  if (Array.isArray(schema.anyOf)) return 'until';
  if (Array.isArray(schema.enum)) return 'enum';
  if (schema.type === 'array') return 'list';
  return schema.type as OptionField['type'];
}

function fieldOf(path: string, schema: Keywords): OptionField {
  const stricter = (schema['x-stricter'] ?? null) as Stricter;
  return {
    path,
    type: typeOf(schema),
    unit: typeof schema['x-unit'] === 'string' ? schema['x-unit'] : null,
    minimum: numberOrNull(schema.minimum),
    exclusiveMinimum: numberOrNull(schema.exclusiveMinimum),
    maximum: numberOrNull(schema.maximum),
    values: Array.isArray(schema.enum) ? (schema.enum as string[]) : null,
    expects: typeof schema['x-expects'] === 'string' ? schema['x-expects'] : null,
    default: schema.default,
    description: String(schema.description),
    stricter,
    isLimit: stricter !== null,
    zeroIsOff: schema['x-zero-is-off'] === true,
  };
}

function collect(path: string, schema: Type.TSchema, into: OptionField[]): OptionField[] {
  const keywords = schema as Keywords;
  if (keywords.properties === undefined) {
    into.push(fieldOf(path, keywords));
    return into;
  }
  for (const [name, child] of Object.entries(keywords.properties as Record<string, Type.TSchema>)) {
    collect(path === '' ? name : `${path}.${name}`, child, into);
  }
  return into;
}

const { overrides: _, ...groups } = OptionsSchema.properties;

/** Every field of the base options, in the order of the schema. */
export const optionFields: readonly OptionField[] = Object.entries(groups).flatMap(([name, schema]) =>
  collect(name, schema, []),
);

const byPath: ReadonlyMap<string, OptionField> = new Map(optionFields.map((field) => [field.path, field]));

/** The field of that path, undefined when there is none. */
export const optionFieldAt = (path: string): OptionField | undefined => byPath.get(path);
