import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { RequestViolation } from './request-error.ts';

/** What a TypeBox check says about one place of the input. */
interface SchemaError {
  keyword: string;
  instancePath: string;
  params: Record<string, unknown>;
  message: string;
}

/** More violations than these are not listed: the answer must stay readable and bounded. */
export const VIOLATIONS_LIMIT = 50;

/**
 * Bodies are checked as they are: `"1"` is no number and an unknown field is an error. Query and path parameters are
 * texts on the wire, so those are converted first, exactly: `1.5`, `1x` and an empty text are no integer.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema);
  const convert = httpPart === 'body' ? undefined : converterOf(schema);
  return (input: unknown) => {
    const value = convert === undefined ? input : convert(input);
    return compiled.Check(value) ? { value } : { error: schemaErrors(compiled.Errors(value)) as never };
  };
};

const schemaErrors = (errors: readonly unknown[]): SchemaError[] => errors as SchemaError[];

/** The violations of a failed check, by dotted path. `part` names where: the body's fields stand for themselves. */
export function violationsOf(errors: readonly unknown[], part: string): RequestViolation[] {
  const violations: RequestViolation[] = [];
  const prefix = prefixOf(part);
  for (const { keyword, instancePath, params, message } of schemaErrors(errors)) {
    // An unknown field is told twice, by its own place and by the object's; the object's names it and says what is wrong.
    if (keyword === 'boolean') continue;
    if (keyword === 'additionalProperties') {
      for (const name of (params.additionalProperties as string[]) ?? []) {
        violations.push({ path: dotted(prefix, `${instancePath}/${name}`), message: 'is not known here' });
      }
    } else if (keyword === 'required') {
      for (const name of (params.requiredProperties as string[]) ?? []) {
        violations.push({ path: dotted(prefix, `${instancePath}/${name}`), message: 'is required' });
      }
    } else {
      violations.push({ path: dotted(prefix, instancePath), message: said(keyword, params, message) });
    }
  }
  return merged(violations).slice(0, VIOLATIONS_LIMIT);
}

function said(keyword: string, params: Record<string, unknown>, message: string): string {
  return keyword === 'const' ? `must be ${JSON.stringify(params.allowedValue)}` : message;
}

/** Of a union each member tells its own complaint about the same place: they become one violation. */
function merged(violations: RequestViolation[]): RequestViolation[] {
  const byPath = new Map<string, string[]>();
  for (const { path, message } of violations) {
    const messages = byPath.get(path) ?? [];
    if (!messages.includes(message)) messages.push(message);
    byPath.set(path, messages);
  }
  return Array.from(byPath, ([path, messages]) => ({ path, message: messages.join(', or ') }));
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

function dotted(prefix: string, pointer: string): string {
  const steps = pointer.split('/').slice(1);
  const path = steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
  return [prefix, path].filter((each) => each !== '').join('.') || 'body';
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
