import { type Role, roles } from '@inspector/contract';

/** What a route asks for. `public` needs no token at all, `viewer-or-local` none from this machine. */
export type RouteRole = Role | 'public' | 'viewer-or-local';

export const isRole = (value: unknown): value is Role => roles.includes(value as Role);

/** True when `role` may do what a route asks for. */
export const roleCovers = (role: Role, needed: RouteRole): boolean =>
  needed === 'public' || roles.indexOf(role) >= roles.indexOf(needed === 'viewer-or-local' ? 'viewer' : needed);

/** The weaker of two roles. */
export const weakerRole = (a: Role, b: Role): Role => (roleCovers(a, b) ? b : a);
