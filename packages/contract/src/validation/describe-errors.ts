import type { TLocalizedValidationError } from 'typebox/error';
import { Settings } from 'typebox/system';
import { type FieldError, pointerStep } from './field-error.ts';

/** Violations that one answer lists; past it the rest is counted, so that a hostile document costs little. */
export const maxReportedErrors = 100;

/**
 * TypeBox by itself stops after 8, which would hide violations. One place can give several raw errors, hence more than are
 * reported; past this a document is refused all the same and only its count of violations is too low.
 */
const maxRawErrors = 500;
Settings.Set({ maxErrors: maxRawErrors });

/**
 * Turns the errors of a compiled schema into one sentence a place: missing and unknown fields are named by their own
 * path, and the branches of a union become one message. `prefix` is put before every path.
 */
export function describeErrors(errors: readonly TLocalizedValidationError[], prefix = ''): FieldError[] {
  const unions = new Set(errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath));
  const found = new Map<string, FieldError>();
  for (const error of errors) {
    for (const { path, message } of describe(error, unions)) {
      const key = `${path} ${message}`;
      if (!found.has(key)) found.set(key, { path: prefix + path, message });
    }
  }
  const all = [...found.values()];
  if (all.length <= maxReportedErrors) return all;
  const kept = all.slice(0, maxReportedErrors);
  kept.push({ path: prefix, message: `and ${all.length - maxReportedErrors} more violations` });
  return kept;
}

function describe(error: TLocalizedValidationError, unions: ReadonlySet<string>): FieldError[] {
  const { instancePath: path } = error;
  // A union that matches nothing reports each branch too; the union's own message says it all.
  if (error.keyword !== 'anyOf' && [...unions].some((union) => path === union || path.startsWith(`${union}/`)))
    return [];
  switch (error.keyword) {
    case 'required':
      return error.params.requiredProperties.map((name) => ({
        path: `${path}/${pointerStep(name)}`,
        message: 'is missing',
      }));
    case 'additionalProperties':
      return error.params.additionalProperties.map((name) => ({
        path: `${path}/${pointerStep(name)}`,
        message: 'is not a known field',
      }));
    // Said already by additionalProperties, with the same place.
    case 'boolean':
      return [];
    case 'type':
      return [{ path, message: `must be ${[error.params.type].flat().map(withArticle).join(' or ')}` }];
    case 'enum':
      return [{ path, message: `must be one of ${error.params.allowedValues.join(', ')}` }];
    case 'const':
      return [{ path, message: `must be ${JSON.stringify(error.params.allowedValue)}` }];
    case 'anyOf':
      return [{ path, message: 'is none of the values or shapes allowed here' }];
    default:
      return [{ path, message: error.message }];
  }
}

const withArticle = (type: string): string =>
  type === 'null' ? type : `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
