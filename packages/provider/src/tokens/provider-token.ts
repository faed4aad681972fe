import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The admin token's file in the data directory, readable by its owner only. */
export const TOKEN_FILE = 'provider-token';

export interface ProviderToken {
  secret: string;
  /** True when it was not configured but made, now or at an earlier start. */
  generated: boolean;
}

/** The configured admin token, else the one that an earlier start kept, else a new one, which is kept. */
export function providerToken(configured: string | null, dataDir: string): ProviderToken {
  if (configured !== null && configured !== '') return { secret: configured, generated: false };
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, TOKEN_FILE);
  const kept = readKept(path);
  if (kept !== '') return { secret: kept, generated: true };
  const secret = randomBytes(24).toString('base64url');
  writeFileSync(path, `${secret}\n`, { mode: 0o600 });
  return { secret, generated: true };
}

function readKept(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
