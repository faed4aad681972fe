import { type Role, roles } from '#rest/roles.ts';
import type { ListenConfig, TokenDigest } from './environment.ts';
import { hostOf, isLoopbackHost, isUrl, listItems, portOf } from './values.ts';
import type { VariableReader } from './variable-reader.ts';

/** Tokens, hosts or origins that one service may list. */
const maxEntries = 1000;
/** Shorter admin tokens are taken, with a warning. */
const goodTokenLength = 16;

interface ServiceDefaults {
  prefix: 'INSPECTOR' | 'PROVIDER';
  port: number;
}

/** How a service is reached and by whom. */
export function listenOf(reader: VariableReader, { prefix, port }: ServiceDefaults): ListenConfig {
  return {
    port: portOf(reader, `${prefix}_PORT`, port),
    host: hostOf(reader, `${prefix}_HOST`, '127.0.0.1'),
    apiToken: apiTokenOf(reader, `${prefix}_API_TOKEN`),
    tokens: tokensOf(reader, `${prefix}_TOKENS`),
    allowedHosts: hostsOf(reader, `${prefix}_ALLOWED_HOSTS`),
    allowedOrigins: allowedOriginsOf(reader, `${prefix}_ALLOWED_ORIGINS`),
  };
}

/** Beyond loopback anybody could operate an open Inspector. */
export function refuseOpenListening(reader: VariableReader, { host, apiToken }: ListenConfig): void {
  if (apiToken !== null || isLoopbackHost(host)) return;
  // Set but refused for another reason: that has been said.
  if (reader.errors.some(({ path }) => path.startsWith('INSPECTOR_API_TOKEN'))) return;
  reader.fail(
    'INSPECTOR_API_TOKEN',
    `is missing: INSPECTOR_HOST=${host} listens beyond loopback; set a token or INSPECTOR_HOST=127.0.0.1`,
  );
}

function apiTokenOf(reader: VariableReader, name: string): string | null {
  const token = reader.secret(name);
  if (token === undefined) return null;
  if (!/^[\x21-\x7e]{1,1000}$/.test(token)) {
    reader.fail(name, 'must be 1 to 1000 printable ASCII characters without spaces');
    return null;
  }
  if (token.length < goodTokenLength) reader.warn(name, `is short: take at least ${goodTokenLength} random characters`);
  return token;
}

const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);

function tokensOf(reader: VariableReader, name: string): TokenDigest[] {
  const items = bounded(reader, name, listItems(reader.secret(name)));
  const tokens: TokenDigest[] = [];
  for (const [index, item] of items.entries()) {
    const [role = '', sha256 = '', ...rest] = item.split(':');
    if (isRole(role) && /^[0-9a-fA-F]{64}$/.test(sha256) && rest.length === 0) {
      tokens.push({ role, sha256: sha256.toLowerCase() });
    } else {
      // The entry may be a token in clear, so it is named by its place only.
      reader.fail(
        name,
        `entry ${index + 1} is not role:sha256 with a role of ${roles.join(', ')} and 64 hexadecimal digits`,
      );
    }
  }
  return tokens;
}

const hostPattern = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?)(:\d{1,5})?$/;

/** A comma list of host names, each with or without a port, in lower case. */
export function hostsOf(reader: VariableReader, name: string): string[] {
  const items = bounded(reader, name, listItems(reader.text(name)));
  for (const item of items) {
    if (!hostPattern.test(item)) reader.fail(name, `${JSON.stringify(item)} is no host name with or without a port`);
  }
  return items.map((item) => item.toLowerCase());
}

function allowedOriginsOf(reader: VariableReader, name: string): string[] {
  const items = bounded(reader, name, listItems(reader.text(name)));
  for (const item of items) {
    if (!isUrl(item, ['http', 'https']) || !/^https?:\/\/[^/?#@]+$/i.test(item)) {
      reader.fail(name, `${JSON.stringify(item)} is no origin such as https://risk.example`);
    }
  }
  return items.map((item) => item.toLowerCase());
}

function bounded(reader: VariableReader, name: string, items: string[]): string[] {
  if (items.length <= maxEntries) return items;
  reader.fail(name, `lists ${items.length} entries, at most ${maxEntries} are taken`);
  return [];
}
