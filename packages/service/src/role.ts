/** Who may do what, weakest first: each role may do all that the ones before it may. */
export const roles = ['viewer', 'trader', 'operator', 'admin'] as const;

/** `viewer` reads; `trader` checks, requests and renews leases; `operator` trips and re-arms; `admin` changes options. */
export type Role = (typeof roles)[number];

/** What a route asks for. `public` needs no token at all. */
export type RouteRole = Role | 'public';

export const isRole = (value: unknown): value is Role => roles.includes(value as Role);

/** True when `role` is `needed` or stronger. */
export const roleCovers = (role: Role, needed: RouteRole): boolean =>
  needed === 'public' || roles.indexOf(role) >= roles.indexOf(needed);

/** The weaker of two roles. */
export const weakerRole = (a: Role, b: Role): Role => (roles.indexOf(a) <= roles.indexOf(b) ? a : b);
