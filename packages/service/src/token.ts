import { hash, timingSafeEqual } from 'node:crypto';
import type { Role } from '@inspector/contract';

/** An access token as it is kept: never the secret itself, only its SHA-256 digest (32 bytes). */
export interface Token {
  /** Who holds it, as the audit names the actor. */
  name: string;
  role: Role;
  digest: Buffer;
}

export const digestOf = (secret: string): Buffer => hash('sha256', secret, 'buffer');

export const tokenOf = (name: string, role: Role, secret: string): Token => ({ name, role, digest: digestOf(secret) });

/**
 * The token that a presented secret belongs to. Digests are compared in constant time and all of them always are, so
 * that the time taken tells nothing about which one was nearly right.
 */
export function findToken(tokens: readonly Token[], presented: string): Token | undefined {
  const digest = digestOf(presented);
  let found: Token | undefined;
  for (const token of tokens) {
    if (timingSafeEqual(token.digest, digest)) found = token;
  }
  return found;
}
