import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOKEN_FILE } from '@inspector/provider';

/**
 * The Provider's admin token for an Inspector in another process: the configured one, else the one that a Provider of the
 * same data directory made. Empty when neither is there yet. Read for every call, so a later start is found.
 */
export function providerSecret(configured: string | null, dataDir: string): string {
  if (configured !== null) return configured;
  try {
    return readFileSync(join(dataDir, TOKEN_FILE), 'utf8').trim();
  } catch {
    return '';
  }
}
