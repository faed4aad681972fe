/**
 * The options that hold for one account, symbol and detector: base, then account, detector and symbol overrides. Unless
 * `general.allowLoosening` is true, an override of a limit counts only when it is stricter (0 = off is the loosest).
 */
import { type Options, optionFieldAt, stricterOf } from '@inspector/contract';
import { flatSettings, type Settings } from './flat-settings.ts';

export type { Settings } from './flat-settings.ts';

/** Resolved combinations kept; past it the cache starts anew, which costs time and changes nothing. */
const MAX_CACHED = 10_000;
const groups = ['riskManagement', 'assetManagement', 'tradeSettings', 'strategyLogic', 'protection'] as const;

type Override = Record<string, unknown>;

export interface SettingsCache {
  options: Options;
  base: Settings;
  /** No override at all: the base serves everyone. */
  plain: boolean;
  resolved: Map<string, Settings>;
}

export function createSettingsCache(options: Options): SettingsCache {
  const base = flatSettings(options);
  const { symbols, detectors, accounts } = options.overrides;
  const plain = [symbols, detectors, accounts].every((overrides) => Object.keys(overrides).length === 0);
  return { options, base, plain, resolved: new Map() };
}

/** `detector` and `symbol` are null where none is concerned: account limits, for one. */
export function settingsFor(
  cache: SettingsCache,
  accountKey: string,
  symbol: string | null,
  detector: string | null,
): Settings {
  if (cache.plain) return cache.base;
  const key = `${accountKey}\n${symbol ?? ''}\n${detector ?? ''}`;
  const known = cache.resolved.get(key);
  if (known !== undefined) return known;
  if (cache.resolved.size >= MAX_CACHED) cache.resolved.clear();
  const { overrides, general } = cache.options;
  const settings = { ...cache.base };
  for (const override of [
    own(overrides.accounts, accountKey),
    detector === null ? undefined : own(overrides.detectors, detector),
    symbol === null ? undefined : own(overrides.symbols, symbol),
  ]) {
    if (override !== undefined) apply(settings, override, general.allowLoosening);
  }
  cache.resolved.set(key, settings);
  return settings;
}

function own(overrides: Record<string, unknown>, key: string): Override | undefined {
  return Object.hasOwn(overrides, key) ? (overrides[key] as Override) : undefined;
}

function apply(settings: Settings, override: Override, allowLoosening: boolean): void {
  const target = settings as unknown as Record<string, unknown>;
  // A list that restricted nothing so far is no limit that an override could loosen.
  const isListFree = !settings.restrictToPreferred;
  for (const group of groups) {
    for (const [name, value] of Object.entries((override[group] ?? {}) as Override)) {
      const isFree = allowLoosening || (name === 'preferredAssets' && isListFree);
      target[name] = resolved(`${group}.${name}`, target[name], value, isFree);
    }
  }
  if (override.noTradeWindows !== undefined) {
    target.noTradeWindows = resolved('noTradeWindows', target.noTradeWindows, override.noTradeWindows, allowLoosening);
  }
  const policies = { ...settings.policies } as Record<string, Record<string, unknown>>;
  for (const [policy, part] of Object.entries((override.policies ?? {}) as Record<string, Override>)) {
    const merged = { ...policies[policy] };
    for (const [name, value] of Object.entries(part)) {
      merged[name] = resolved(`policies.${policy}.${name}`, merged[name], value, allowLoosening);
    }
    policies[policy] = merged;
  }
  settings.policies = policies as Settings['policies'];
}

function resolved(path: string, current: unknown, override: unknown, allowLoosening: boolean): unknown {
  const field = optionFieldAt(path);
  return field === undefined || allowLoosening ? override : stricterOf(field, current, override);
}
