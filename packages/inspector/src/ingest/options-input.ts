import { type FieldError, mergeOptions, type Options } from '@inspector/contract';
import type { OptionsInput } from '@inspector/engine';
import { zoneTable } from './zone-table.ts';

export interface OptionsChange {
  now: number;
  /** The options in force, `engine.options`. */
  current: Options;
  /** Whole options or a deep partial, as sent. */
  patch: unknown;
  actor: string;
  reason?: string;
  ifVersion?: number;
  replyTo?: number;
}

/** Merges and validates a change and gives it its zone table, or all violations: the options are refused as a whole. */
export function optionsInput({
  current,
  patch,
  ...rest
}: OptionsChange): { input: OptionsInput; warnings: FieldError[] } | { errors: FieldError[] } {
  const merged = mergeOptions(current, patch);
  if ('errors' in merged) return merged;
  const { options, warnings } = merged;
  return { input: { kind: 'options', options, zone: zoneTable(options.general.timezone), ...rest }, warnings };
}
