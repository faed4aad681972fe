import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The Provider's admin token of this stack, made at its first start; readable by its owner only. */
export interface StackToken {
  file: string;
  secret: string;
}

export function stackToken(directory: string): StackToken {
  const file = join(directory, 'provider-token');
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  return { file, secret: readFileSync(file, 'utf8').trim() };
}
