import { describeErrors, type FieldError } from '@inspector/contract';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { TLocalizedValidationError } from 'typebox/error';

/**
 * Bodies are checked as they are: `"1"` is no number and an unknown field is an error. Query and path parameters are
 * texts on the wire, so those are converted first, exactly: `1.5`, `1x` and an empty text are no integer.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema);
  const convert = httpPart === 'body' ? undefined : converterOf(schema);
  return (input: unknown) => {
    const value = convert === undefined ? input : convert(input);
    return compiled.Check(value) ? { value } : { error: compiled.Errors(value) as never };
  };
};

/**
 * The violations of a failed check. A path is a JSON pointer into the body; of a query or path parameter it begins with
 * `query` or `path`, so `query/limit`.
 */
export function violationsOf(errors: readonly unknown[], part: string): FieldError[] {
  return describeErrors(errors as TLocalizedValidationError[], prefixOf(part));
}

function prefixOf(part: string): string {
  switch (part) {
    case 'querystring':
      return 'query';
    case 'params':
      return 'path';
    case 'headers':
      return 'headers';
    default:
      return '';
  }
}

type Convert = (input: unknown) => unknown;

const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** Converts texts where the schema's property is a number or a boolean, and fills in defaults. Not nested. */
function converterOf(schema: TSchema): Convert {
  const properties = Object.entries((schema as { properties?: Record<string, TSchema> }).properties ?? {});
  return (input) => {
    const converted: Record<string, unknown> = { ...(input as Record<string, unknown>) };
    for (const [name, property] of properties) {
      const { type, default: fallback } = property as { type?: string; default?: unknown };
      const value = converted[name];
      if (value === undefined) {
        if (fallback !== undefined) converted[name] = fallback;
      } else if (typeof value === 'string') {
        converted[name] = convertedText(value, type);
      }
    }
    return converted;
  };
}

function convertedText(text: string, type: string | undefined): unknown {
  if ((type === 'integer' || type === 'number') && NUMBER.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
