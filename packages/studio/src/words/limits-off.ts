import type { DecisionCode, Options } from '@inspector/contract';
import { limitOptions } from './limit-options.ts';
import { optionAt } from './limit-words.ts';

/** A limit that the options in force switch off. */
export interface LimitOff {
  code: DecisionCode;
  /** Of the option that sets it, as `group.field`. */
  path: string;
  /** Where an override says otherwise: on where the limit is off, off where it is on. */
  overrides: readonly string[];
  isOffEverywhereElse: boolean;
}

/** Judged by an option that is a limit under another code, or that cannot be off. */
const withoutOff: ReadonlySet<string> = new Set(['PRICE_STALE', 'EQUITY_UNKNOWN', 'RISK_UNBOUNDED']);

/** Options of a code that are figures; with each of them at 0 the limit is off. */
export const figurePaths = (code: DecisionCode, options: Options): readonly string[] =>
  withoutOff.has(code)
    ? []
    : limitOptions[code].filter((path) => !path.startsWith('policies.') && typeof optionAt(options, path) === 'number');

/** Limits that are off, altogether or by an override, in the order of their codes. */
export function limitsOff(options: Options): LimitOff[] {
  const codes = Object.keys(limitOptions) as DecisionCode[];
  return codes.flatMap((code) => {
    const paths = figurePaths(code, options);
    const [path] = paths;
    if (path === undefined) return [];
    const isOff = paths.every((each) => optionAt(options, each) === 0);
    const overrides = overridesOf(options)
      .filter(({ own }) => paths.every((each) => (optionAt(own, each) ?? optionAt(options, each)) === 0) !== isOff)
      .map(({ name }) => name);
    return isOff || overrides.length > 0 ? [{ code, path, overrides, isOffEverywhereElse: isOff }] : [];
  });
}

function overridesOf({ overrides }: Options): { name: string; own: Options }[] {
  const { symbols, accounts, detectors } = overrides;
  const of = (kind: string, given: object) =>
    Object.entries(given).map(([name, own]) => ({ name: `${kind} ${name}`, own: own as Options }));
  return [...of('symbol', symbols), ...of('account', accounts), ...of('detector', detectors)];
}
