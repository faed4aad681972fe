import type { ReadableStore } from '#stores/store.ts';
import { createValueStore } from '#stores/value-store.ts';
import { type Connection, type ConnectionFacts, connectionOf, failureOf } from './connection.ts';
import type { RestError } from './rest-error.ts';

/** Time alone makes a page stale, so the state is looked at this often. */
const LOOK_MS = 500;

export interface ConnectionStore extends ReadableStore<Connection> {
  /** The outcome of a call that was sent then; undefined: it was answered. */
  answered(error: RestError | undefined, askedAt: number): void;
  channel(up: boolean): void;
  catchingUp(running: boolean): void;
  tokenAccepted(): void;
  start(): void;
  stop(): void;
}

export function createConnectionStore(now: () => number = Date.now): ConnectionStore {
  const store = createValueStore<Connection>({ kind: 'connecting' });
  let facts: ConnectionFacts = {
    knownAt: null,
    failure: null,
    channelDownSince: null,
    catchingUp: false,
    tokenRefused: false,
  };
  let timer: ReturnType<typeof setInterval> | undefined;

  function learn(news: Partial<ConnectionFacts>): void {
    facts = { ...facts, ...news };
    look();
  }

  function look(): void {
    const next = connectionOf(facts, now());
    if (JSON.stringify(next) !== JSON.stringify(store.get())) store.set(next);
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    answered(error, askedAt) {
      // An answer that was overtaken on its way makes nothing older.
      const knownAt = Math.max(facts.knownAt ?? askedAt, askedAt);
      if (error === undefined) return learn({ knownAt, failure: null });
      if (error.status === 401) return learn({ tokenRefused: true });
      const failure = failureOf(error, now());
      if (failure === undefined) return learn({ knownAt });
      learn({ failure: { ...failure, since: facts.failure?.since ?? failure.since } });
    },
    channel(up) {
      learn({ channelDownSince: up ? null : (facts.channelDownSince ?? now()) });
    },
    catchingUp: (running) => learn({ catchingUp: running }),
    tokenAccepted: () => learn({ tokenRefused: false }),
    start() {
      timer ??= setInterval(look, LOOK_MS);
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
