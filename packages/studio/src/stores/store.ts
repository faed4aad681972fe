import { useRef, useSyncExternalStore } from 'react';

/** A value that changes outside React. */
export interface ReadableStore<Value> {
  get(): Value;
  /** Answers what ends the subscription. */
  subscribe(listener: () => void): () => void;
}

/** The part of a store that a component shows; it renders again when that part is another one by `same`. */
export function useStore<Value, Part>(
  store: ReadableStore<Value>,
  select: (value: Value) => Part,
  same: (a: Part, b: Part) => boolean = Object.is,
): Part {
  const last = useRef<{ part: Part } | null>(null);
  const snapshot = () => {
    const part = select(store.get());
    if (last.current !== null && same(last.current.part, part)) return last.current.part;
    last.current = { part };
    return part;
  };
  return useSyncExternalStore(store.subscribe, snapshot);
}
