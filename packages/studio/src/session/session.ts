import type { SessionResponse } from '@inspector/contract';
import { createRest } from '#data/rest.ts';
import { isRestError } from '#data/rest-error.ts';
import type { ReadableStore } from '#stores/store.ts';
import { createValueStore } from '#stores/value-store.ts';
import { dropToken, keepToken, keptToken, takeTokenFromAddress } from './kept-token.ts';
import type { Caller, SessionState } from './session-state.ts';

/** A server that cannot be reached at the start is asked again this often. */
const RETRY_MS = 2_000;

export interface Session extends ReadableStore<SessionState> {
  token(): string | null;
  start(): void;
  /** A token that somebody typed. */
  enter(token: string): void;
  /** The server does not accept the token (any more). */
  refused(): void;
  /** Forgets the token. */
  leave(): void;
  stop(): void;
}

/** Whose page this is: asks for a token where there is none, and for another one when it is refused. */
export function createSession(): Session {
  const store = createValueStore<SessionState>({ kind: 'checking' });
  const rest = createRest({ token: keptToken });
  let retry: ReturnType<typeof setTimeout> | undefined;
  let known: Caller | null = null;

  async function check(): Promise<void> {
    clearTimeout(retry);
    const asked = keptToken();
    if (asked === null) {
      store.set({ kind: 'token-needed', refused: false, caller: known });
      return;
    }
    try {
      const { name, role } = await rest<SessionResponse>('/api/session');
      if (keptToken() !== asked) return;
      known = { name, role };
      store.set({ kind: 'open', caller: known });
    } catch (error) {
      if (!isRestError(error)) throw error;
      if (error.status === 401) refuse();
      else if (known === null) {
        store.set({ kind: 'unreachable', detail: error.message });
        retry = setTimeout(
          () => void check(),
          error.retryAfterSeconds === null ? RETRY_MS : 1_000 * error.retryAfterSeconds,
        );
      } else store.set({ kind: 'open', caller: known });
    }
  }

  function refuse(): void {
    dropToken();
    store.set({ kind: 'token-needed', refused: true, caller: known });
  }

  const onHashChange = (): void => {
    if (takeTokenFromAddress()) void check();
  };

  return {
    get: store.get,
    subscribe: store.subscribe,
    token: keptToken,
    start() {
      takeTokenFromAddress();
      addEventListener('hashchange', onHashChange);
      void check();
    },
    enter(token) {
      keepToken(token);
      void check();
    },
    refused() {
      if (store.get().kind === 'open') refuse();
    },
    leave() {
      known = null;
      dropToken();
      store.set({ kind: 'token-needed', refused: false, caller: null });
    },
    stop() {
      clearTimeout(retry);
      removeEventListener('hashchange', onHashChange);
    },
  };
}
