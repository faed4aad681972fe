import { FOLLOWED_LIMIT } from './bounds.ts';

/** A map that forgets what was put in, or touched, longest ago when it is full. */
export interface Followed<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  /** As `set`, and makes it the newest. */
  touch(key: string, value: T): void;
  delete(key: string): void;
  /** At most `count`, the newest first. */
  newest(count: number): T[];
}

export function createFollowed<T>(limit = FOLLOWED_LIMIT): Followed<T> {
  const items = new Map<string, T>();

  const set = (key: string, value: T) => {
    if (!items.has(key) && items.size >= limit) {
      const oldest = items.keys().next();
      if (!oldest.done) items.delete(oldest.value);
    }
    items.set(key, value);
  };

  return {
    get: (key) => items.get(key),
    set,
    touch(key, value) {
      items.delete(key);
      set(key, value);
    },
    delete: (key) => void items.delete(key),
    newest: (count) => [...items.values()].slice(-count).reverse(),
  };
}
