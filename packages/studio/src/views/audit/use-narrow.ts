import { useSyncExternalStore } from 'react';

/** A phone, or a window as narrow as one: rows have two lines. */
const narrow = matchMedia('(width < 720px)');

function subscribe(listener: () => void): () => void {
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
}

export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow.matches);
