import type { Role } from '@inspector/contract';
import { createContext, useContext } from 'react';
import { type Caller, roleCovers } from './session-state.ts';

export interface OpenSession {
  caller: Caller;
  appKey: string;
  version: string;
  leave(): void;
}

export const SessionContext = createContext<OpenSession | null>(null);

/** Name and role of the token, the Inspector's key and the program's version. */
export function useSession(): OpenSession {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('used outside of the session');
  return session;
}

/** Whether to offer what asks for a role. What is not offered is refused by the server as well. */
export const useMay = (needed: Role): boolean => roleCovers(useSession().caller.role, needed);
