import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds: `useMedia('(width >= 1180px)')`. For what CSS alone cannot do. */
export function useMedia(query: string): boolean {
  // A new function at every render would end the subscription and begin another each time.
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
