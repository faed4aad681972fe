import type { Role } from '@inspector/contract';

export interface Caller {
  /** The token's name, as it stands in audit records. */
  name: string;
  role: Role;
}

export type SessionState =
  | { kind: 'checking' }
  /** No token, or one that was refused; `caller` is set when one was accepted before: the page stays as it is. */
  | { kind: 'token-needed'; refused: boolean; caller: Caller | null }
  | { kind: 'unreachable'; detail: string }
  | { kind: 'open'; caller: Caller };

const order: readonly Role[] = ['viewer', 'trader', 'operator', 'admin'];

/** True when the role may do what asks for `needed`. The server refuses the rest by itself. */
export const roleCovers = (role: Role, needed: Role): boolean => order.indexOf(role) >= order.indexOf(needed);
