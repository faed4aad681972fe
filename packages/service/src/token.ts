import { hash, timingSafeEqual } from 'node:crypto';
import type { ListenConfig, Role } from '@inspector/contract';

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

/** Digits of a digest that a token without a name is called by: enough to tell tokens apart, of no use to a guesser. */
const NAME_DIGITS = 8;

/** The tokens of a service's configuration: the admin's own, and those that are known by their digest. */
export function tokensOf({ apiToken, tokens }: Pick<ListenConfig, 'apiToken' | 'tokens'>): Token[] {
  const further = tokens.map(({ role, sha256 }) => ({
    name: `${role}-${sha256.slice(0, NAME_DIGITS)}`,
    role,
    digest: Buffer.from(sha256, 'hex'),
  }));
  return apiToken === null ? further : [tokenOf('admin', 'admin', apiToken), ...further];
}
