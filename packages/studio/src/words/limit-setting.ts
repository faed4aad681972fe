import type { Options } from '@inspector/contract';
import { optionAt, optionOfCode, policyOfCode } from './limit-words.ts';

/** Where a limit comes from. */
export interface LimitSetting {
  /** `group.field`. */
  path: string;
  value: unknown;
  /** Null: the base options; else whose override it is. */
  override: string | null;
}

/** The option behind a limit of a scope, with the override that covers it; null for a code that no option sets. */
export function limitSetting(options: Options, code: string, scope: string): LimitSetting | null {
  const path = optionOfCode(code);
  if (path === null) return null;
  const own = overrideOf(options, scope);
  const overridden = own === null ? undefined : optionAt(own.options as Options, path);
  return overridden === undefined || own === null
    ? { path, value: optionAt(options, path), override: null }
    : { path, value: overridden, override: own.name };
}

function overrideOf({ overrides }: Options, scope: string): { name: string; options: unknown } | null {
  const [kind = '', ...rest] = scope.split(':');
  const name = kind === 'symbol' ? (rest.at(-1) ?? '') : rest.join(':');
  const all = { symbol: overrides.symbols, account: overrides.accounts, detector: overrides.detectors };
  const found = kind in all ? (all[kind as keyof typeof all] as Record<string, unknown>)[name] : undefined;
  return found === undefined ? null : { name: `${kind} ${name}`, options: found };
}

/** What a watched limit does and until when, as the options say; null for one that only refuses the entry that breaks it. */
export function limitPolicy(options: Options, code: string): { action: string; until: string | number } | null {
  const name = policyOfCode(code);
  const policies = options.policies as Record<string, { action: string; until: string | number }>;
  return name === null ? null : (policies[name] ?? null);
}
