import { Check } from 'typebox/value';
import { maxReportedErrors } from '#validation/describe-errors.ts';
import type { FieldError } from '#validation/field-error.ts';
import { copyOf } from './copy.ts';
import { crossErrors, crossWarnings } from './cross-checks.ts';
import { looseningWarnings } from './loosening.ts';
import { mergeFields } from './merge-fields.ts';
import { optionFields } from './option-fields.ts';
import { type Options, OptionsSchema } from './schema.ts';

/** Deeply frozen, so that nobody changes options in force but by replacing them. */
function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}

function defaults(): Options {
  const options: Record<string, unknown> = {};
  for (const { path, default: value } of optionFields) {
    const steps = path.split('.');
    const last = steps.pop() ?? path;
    let group = options;
    for (const step of steps) {
      group[step] ??= {};
      group = group[step] as Record<string, unknown>;
    }
    group[last] = copyOf(value);
  }
  options.overrides = { symbols: {}, detectors: {}, accounts: {} };
  return options as Options;
}

/** The options of a service that was told nothing. Frozen. */
export const defaultOptions: Options = freeze(defaults());

export type MergeResult = { options: Options; warnings: FieldError[] } | { errors: FieldError[] };

/**
 * The options that come out when `patch` is laid over `base`, frozen and valid as a whole, or every violation at once.
 *
 * A complete document replaces everything, overrides too. Anything less is a deep partial: objects are merged, lists are
 * replaced, `null` removes an override or a field of one. Unknown fields, numbers in strings, NaN and Infinity are errors.
 * Never throws, whatever `patch` is.
 */
export function mergeOptions(base: Options, patch: unknown): MergeResult {
  const merge = { errors: [] as FieldError[] };
  const from = Check(OptionsSchema, patch) ? { ...base, overrides: defaultOptions.overrides } : base;
  const options = mergeFields(merge, OptionsSchema, from, patch) as Options;
  const errors = [...merge.errors, ...crossErrors(options)];
  if (errors.length > 0) return { errors: bounded(errors) };
  return { options: freeze(options), warnings: [...looseningWarnings(options), ...crossWarnings(options)] };
}

function bounded(errors: FieldError[]): FieldError[] {
  if (errors.length <= maxReportedErrors) return errors;
  const rest = errors.length - maxReportedErrors;
  return [...errors.slice(0, maxReportedErrors), { path: '', message: `and ${rest} more violations` }];
}
