import { readFileSync } from 'node:fs';
import { roles } from '@inspector/contract';
import { isRole } from './role.ts';
import { serviceError } from './service-error.ts';
import type { Token } from './token.ts';

const DIGEST = /^[0-9a-f]{64}$/;

/** At most this many tokens: every request is compared with each, so a longer file would slow all of them. */
export const TOKENS_LIMIT = 64;

/**
 * Reads further tokens from a JSON file `[{"name", "role", "sha256"}]`, `sha256` being the lower-case hex digest of the
 * secret. A file that is not there is no token; anything wrong in it is `TOKEN_FILE_INVALID` with every violation.
 */
export function readTokenFile(path: string): Token[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw serviceError('TOKEN_FILE_INVALID', `${path} cannot be read: ${(error as Error).message}`);
  }
  const violations: string[] = [];
  const tokens = entriesOf(text, violations).flatMap((entry, index) => tokenAt(entry, index, violations));
  const names = tokens.map((token) => token.name);
  for (const name of new Set(names.filter((each, index) => names.indexOf(each) !== index))) {
    violations.push(`name "${name}" is given twice`);
  }
  if (tokens.length > TOKENS_LIMIT) violations.push(`more than ${TOKENS_LIMIT} tokens`);
  if (violations.length > 0) throw serviceError('TOKEN_FILE_INVALID', `${path}: ${violations.join('; ')}`);
  return tokens;
}

function entriesOf(text: string, violations: string[]): unknown[] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed)) return parsed;
    violations.push('must be a list of {name, role, sha256}');
  } catch {
    violations.push('is not JSON');
  }
  return [];
}

function tokenAt(entry: unknown, index: number, violations: string[]): Token[] {
  const { name, role, sha256 } = (entry ?? {}) as Record<string, unknown>;
  const before = violations.length;
  if (typeof name !== 'string' || name === '') violations.push(`[${index}].name must be a text`);
  if (!isRole(role)) violations.push(`[${index}].role must be one of ${roles.join(', ')}`);
  if (typeof sha256 !== 'string' || !DIGEST.test(sha256)) {
    violations.push(`[${index}].sha256 must be 64 lower-case hex digits`);
  }
  if (violations.length > before) return [];
  return [{ name: name as string, role: isRole(role) ? role : 'viewer', digest: Buffer.from(sha256 as string, 'hex') }];
}
