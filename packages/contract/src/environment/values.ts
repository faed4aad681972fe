import type { VariableReader } from './variable-reader.ts';

/** A decimal number without sign tricks: no hexadecimal, no Infinity, no white space. */
const decimal = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

interface NumberBounds {
  minimum: number;
  maximum: number;
  fallback: number;
}

export function numberOf(reader: VariableReader, name: string, bounds: NumberBounds): number {
  const { minimum, maximum, fallback } = bounds;
  const text = reader.text(name);
  if (text === undefined) return fallback;
  const value = decimal.test(text) ? Number(text) : Number.NaN;
  if (value >= minimum && value <= maximum) return value;
  reader.fail(name, `must be a number from ${minimum} to ${maximum}, not ${JSON.stringify(text)}`);
  return fallback;
}

export function integerOf(reader: VariableReader, name: string, bounds: NumberBounds): number {
  const { minimum, maximum, fallback } = bounds;
  const text = reader.text(name);
  if (text === undefined) return fallback;
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= minimum && value <= maximum) return value;
  reader.fail(
    name,
    `must be a whole number from ${minimum} to ${maximum}, not ${JSON.stringify(text)}${linkHint(text)}`,
  );
  return fallback;
}

export const portOf = (reader: VariableReader, name: string, fallback: number): number =>
  integerOf(reader, name, { minimum: 0, maximum: 65_535, fallback });

/** Kubernetes gives every pod `<SERVICE>_PORT=tcp://…` for a service of that name. */
const linkHint = (text: string): string =>
  text.startsWith('tcp://') ? ' (a Kubernetes service link: set `enableServiceLinks: false` in the pod)' : '';

const booleans: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false };

export function booleanOf(reader: VariableReader, name: string): boolean {
  const text = reader.text(name)?.toLowerCase();
  if (text === undefined) return false;
  if (Object.hasOwn(booleans, text)) return booleans[text] === true;
  reader.fail(name, `must be true or false, not ${JSON.stringify(text)}`);
  return false;
}

const hostPattern = /^(\[[0-9A-Fa-f:.]+\]|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+|[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?)$/;

export function hostOf(reader: VariableReader, name: string, fallback: string): string {
  const text = reader.text(name);
  if (text === undefined) return fallback;
  if (text.length <= 253 && hostPattern.test(text)) return text.replace(/^\[(.*)\]$/, '$1');
  reader.fail(name, `must be a host name or an IP address without port or scheme, not ${JSON.stringify(text)}`);
  return fallback;
}

/** True for addresses that only this machine can reach. */
export const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

/** `scheme://[user[:password]@]host[:port][/…]`. Taken apart by hand: it has to work where there is no URL class. */
const urlPattern =
  /^([a-z][a-z0-9+.-]*):\/\/(?:([^\s/?#@]*)@)?(\[[0-9A-Fa-f:.]+\]|[^\s/?#:@[\]]+)(?::(\d{1,5}))?([/?#]\S*)?$/i;

/** True for an address of one of the schemes, with a port that can be. */
export function isUrl(text: string, schemes: readonly string[]): boolean {
  const match = urlPattern.exec(text);
  if (match === null) return false;
  const [, scheme = '', , , port] = match;
  return schemes.includes(scheme.toLowerCase()) && (port === undefined || Number(port) <= 65_535);
}

interface UrlRule {
  schemes: readonly string[];
  example: string;
  secret?: boolean;
}

/** The address without a slash at its end; undefined when unset or wrong. A secret one is not shown. */
export function urlOf(reader: VariableReader, name: string, rule: UrlRule): string | undefined {
  const text = rule.secret === true ? reader.secret(name) : reader.text(name);
  if (text === undefined) return undefined;
  if (isUrl(text, rule.schemes)) return text.replace(/\/+$/, '');
  // What stands before an @ may be a password.
  const shown = rule.secret === true || text.includes('@') ? '' : `, not ${JSON.stringify(text)}`;
  reader.fail(name, `must be an address such as ${rule.example}${shown}`);
  return undefined;
}

/** The items of a comma list, without the empty ones. */
export const listItems = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
