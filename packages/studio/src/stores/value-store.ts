import type { ReadableStore } from './store.ts';

export interface ValueStore<Value> extends ReadableStore<Value> {
  set(value: Value): void;
}

/** A store of one value. Listeners hear of it only when it is another value. */
export function createValueStore<Value>(first: Value): ValueStore<Value> {
  const listeners = new Set<() => void>();
  let current = first;
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
