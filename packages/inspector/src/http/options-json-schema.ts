import { OptionsSchema, OverrideSchema } from '@inspector/contract';

/**
 * The options as JSON Schema 2020-12, for an editor: every field with its type, and the groups in the order of the contract.
 * What an override may hold stands once, under `$defs`.
 */
export const optionsJsonSchema: Readonly<Record<string, unknown>> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  ...written(OptionsSchema),
  'x-groups': Object.keys(OptionsSchema.properties),
  $defs: { Override: written(OverrideSchema) },
};

function written(schema: object): Record<string, unknown> {
  const text = JSON.stringify(schema, (_name, value) => {
    if (value === OverrideSchema && value !== schema) return { $ref: '#/$defs/Override' };
    return isUntypedEnum(value) ? { type: 'string', ...value } : value;
  });
  return JSON.parse(text) as Record<string, unknown>;
}

/** The options name texts only, which the contract leaves to be seen. */
function isUntypedEnum(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || 'type' in value || !('enum' in value)) return false;
  return Array.isArray(value.enum) && value.enum.every((name) => typeof name === 'string');
}
