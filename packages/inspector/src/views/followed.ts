import { FOLLOWED_LIMIT } from './bounds.ts';

/** A map that forgets what was put in first when it is full. */
export interface Followed<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  delete(key: string): void;
}

export function createFollowed<T>(limit = FOLLOWED_LIMIT): Followed<T> {
  const items = new Map<string, T>();
  return {
    get: (key) => items.get(key),
    set(key, value) {
      if (!items.has(key) && items.size >= limit) {
        const oldest = items.keys().next();
        if (!oldest.done) items.delete(oldest.value);
      }
      items.set(key, value);
    },
    delete: (key) => void items.delete(key),
  };
}
