import type { Role } from '@inspector/contract';
import type { FastifyRequest } from 'fastify';
import { isRole, weakerRole } from './role.ts';
import { findToken, type Token } from './token.ts';

/** Who makes a request: the token's name and role, or `local` where the service is open to its machine. */
export interface Caller {
  name: string;
  role: Role;
}

/** The one that calls an open loopback service: it may do all that the machine's user may. */
export const LOCAL_CALLER: Caller = { name: 'local', role: 'admin' };

/** Whoever reads a public route. */
export const ANONYMOUS_CALLER: Caller = { name: 'anonymous', role: 'viewer' };

/** A name longer than this is cut: it goes into audit records. */
const CALLER_NAME_LIMIT = 64;

/**
 * The caller of a request, undefined when its token is missing or wrong. Without tokens everyone is `local`.
 *
 * A gateway that has authenticated somebody else says so with `x-acting-as` and `x-acting-role`. The role can only be
 * lowered by it, never raised, and the gateway's own name stays in the audit: `anna via provider`.
 */
export function callerOf(request: FastifyRequest, tokens: readonly Token[]): Caller | undefined {
  const own = tokens.length === 0 ? LOCAL_CALLER : tokenCaller(request, tokens);
  if (own === undefined || request.headers['x-acting-role'] === undefined) return own;
  return actingCaller(request, own);
}

function tokenCaller(request: FastifyRequest, tokens: readonly Token[]): Caller | undefined {
  const secret = presentedSecret(request);
  const token = secret === undefined ? undefined : findToken(tokens, secret);
  return token === undefined ? undefined : { name: token.name, role: token.role };
}

function presentedSecret({ headers }: FastifyRequest): string | undefined {
  const { authorization } = headers;
  if (authorization !== undefined && /^bearer /i.test(authorization)) return authorization.slice(7).trim();
  const token = headers['x-api-token'];
  return typeof token === 'string' ? token : undefined;
}

function actingCaller({ headers }: FastifyRequest, own: Caller): Caller {
  const role = headers['x-acting-role'];
  const name = headers['x-acting-as'];
  const acting = isRole(role) ? weakerRole(role, own.role) : 'viewer';
  if (typeof name !== 'string' || name === '') return { name: own.name, role: acting };
  return { name: `${name.slice(0, CALLER_NAME_LIMIT)} via ${own.name}`, role: acting };
}
