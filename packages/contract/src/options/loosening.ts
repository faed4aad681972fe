import { type FieldError, pointerStep } from '#validation/field-error.ts';
import { overridesOf } from './cross-checks.ts';
import { type OptionField, optionFieldAt } from './option-fields.ts';
import type { Options } from './schema.ts';
import { isLooser } from './strictness.ts';

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Warnings for what overrides say in vain: limits looser than the base, and fields that hold for all. */
export function looseningWarnings(options: Options): FieldError[] {
  const warnings: FieldError[] = [];
  const base = limitingPart(options);
  for (const { path, override } of overridesOf(options)) {
    for (const field of Object.keys(override.general ?? {})) {
      warnings.push({
        path: `${path}/general/${field}`,
        message: 'has no effect: general holds for the whole Inspector',
      });
    }
    if (!options.general.allowLoosening) compare(base, override, { field: '', pointer: path }, warnings);
  }
  return warnings;
}

/** `preferredAssets` limits nothing while `restrictToPreferred` is off. */
function limitingPart({ overrides: _, ...groups }: Options): object {
  const { preferredAssets, ...assets } = groups.assetManagement;
  return assets.restrictToPreferred ? groups : { ...groups, assetManagement: assets };
}

function compare(base: unknown, override: unknown, at: { field: string; pointer: string }, into: FieldError[]): void {
  const field = optionFieldAt(at.field);
  if (field === undefined && isGroup(override) && isGroup(base)) {
    for (const [name, value] of Object.entries(override)) {
      const path = at.field === '' ? name : `${at.field}.${name}`;
      compare(base[name], value, { field: path, pointer: `${at.pointer}/${pointerStep(name)}` }, into);
    }
  } else if (field !== undefined && isLooser(field, base, override)) {
    into.push({ path: at.pointer, message: sentence(field, base) });
  }
}

function sentence(field: OptionField, base: unknown): string {
  const unit = field.unit === null || field.type === 'until' ? '' : ` ${field.unit}`;
  const shown = Array.isArray(base) ? '' : ` (${String(base)}${unit})`;
  return `is looser than the base${shown} and has no effect while general.allowLoosening is false`;
}
