/** Roles of tokens, each of which may do what the ones before it may. */
export const roles = ['viewer', 'trader', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** True when `role` may do what `needed` may. */
export const mayActAs = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed);
