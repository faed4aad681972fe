import { createHash } from 'node:crypto';
import type { Role } from '@inspector/contract';

/** `PROVIDER_TOKENS` for one more token of that role. */
export const tokenSetting = (role: Role, token: string): Record<string, string> => ({
  PROVIDER_TOKENS: `${role}:${createHash('sha256').update(token).digest('hex')}`,
});
