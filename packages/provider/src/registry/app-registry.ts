import type { AppKind } from '@inspector/contract';

/** Applications kept. Past it those silent longest for over a day make room; if there are none, a new one is refused. */
export const APPS_LIMIT = 1_000;
const FORGET_AFTER_MS = 24 * 60 * 60 * 1000;

export interface RegisteredApp {
  appKey: string;
  kind: AppKind;
  /** Origin that it listens on. */
  url: string;
  title?: string;
  version?: string;
  /** Fencing epoch of an Inspector. */
  epoch?: number;
  /** Sent to the application with every proxied request. Never answered to anybody. */
  token?: string;
  registeredAt: number;
  lastHeartbeatAt: number;
}

export type AppState = 'active' | 'inactive';

/** Applications by kind and key, with their last sign of life. In memory: after a restart they register again. */
export interface AppRegistry {
  /** Adds or replaces; counts as a heartbeat. False when the registry is full. */
  register(app: Omit<RegisteredApp, 'registeredAt' | 'lastHeartbeatAt'>): boolean;
  /** False when it is not registered: it has to register again. */
  heartbeat(kind: AppKind, appKey: string): boolean;
  unregister(kind: AppKind, appKey: string): boolean;
  find(kind: AppKind, appKey: string): RegisteredApp | undefined;
  /** Active until exactly `ttlMs` after the last heartbeat. */
  stateOf(app: RegisteredApp): AppState;
  list(kind?: AppKind): RegisteredApp[];
}

export function createAppRegistry(ttlMs: number, now: () => number): AppRegistry {
  const apps = new Map<string, RegisteredApp>();
  const keyOf = (kind: AppKind, appKey: string) => `${kind}/${appKey}`;

  const makeRoom = (): boolean => {
    if (apps.size < APPS_LIMIT) return true;
    const silent = [...apps].filter(([, app]) => now() - app.lastHeartbeatAt > FORGET_AFTER_MS);
    for (const [key] of silent) apps.delete(key);
    return apps.size < APPS_LIMIT;
  };

  return {
    register(app) {
      const key = keyOf(app.kind, app.appKey);
      const known = apps.get(key);
      if (known === undefined && !makeRoom()) return false;
      apps.set(key, { ...app, registeredAt: known?.registeredAt ?? now(), lastHeartbeatAt: now() });
      return true;
    },
    heartbeat(kind, appKey) {
      const app = apps.get(keyOf(kind, appKey));
      if (app === undefined) return false;
      app.lastHeartbeatAt = now();
      return true;
    },
    unregister: (kind, appKey) => apps.delete(keyOf(kind, appKey)),
    find: (kind, appKey) => apps.get(keyOf(kind, appKey)),
    stateOf: (app) => (now() - app.lastHeartbeatAt <= ttlMs ? 'active' : 'inactive'),
    list: (kind) => [...apps.values()].filter((app) => kind === undefined || app.kind === kind),
  };
}
