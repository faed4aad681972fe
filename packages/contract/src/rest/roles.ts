/** Roles of tokens, weakest first: each may do what the ones before it may. */
export const roles = ['viewer', 'trader', 'operator', 'admin'] as const;

/** `viewer` reads; `trader` checks, requests and renews leases; `operator` trips and re-arms; `admin` changes options. */
export type Role = (typeof roles)[number];
