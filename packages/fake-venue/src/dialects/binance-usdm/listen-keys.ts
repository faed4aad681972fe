import { randomBytes } from 'node:crypto';

/** One key an account; it lives an hour after the last call for it. */
export interface ListenKeys {
  /** The active key, extended, or a new one. */
  create(): string;
  /** False when there is none. */
  extend(): boolean;
  close(): void;
  isAlive(key: string): boolean;
  /** Ends the active key and gives it. */
  kill(): string | undefined;
}

export const LISTEN_KEY_MS = 60 * 60 * 1000;

export function createListenKeys(now: () => number): ListenKeys {
  let active: { key: string; until: number } | undefined;
  const alive = (): boolean => active !== undefined && now() < active.until;
  return {
    create: () => {
      if (active === undefined || !alive()) active = { key: randomBytes(32).toString('hex'), until: 0 };
      active.until = now() + LISTEN_KEY_MS;
      return active.key;
    },
    extend: () => {
      if (active === undefined || !alive()) return false;
      active.until = now() + LISTEN_KEY_MS;
      return true;
    },
    close: () => {
      active = undefined;
    },
    isAlive: (key) => alive() && active?.key === key,
    kill: () => {
      const key = active?.key;
      active = undefined;
      return key;
    },
  };
}
