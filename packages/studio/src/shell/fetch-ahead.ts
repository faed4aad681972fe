import { useEffect } from 'react';
import { isOutdated, useConnection } from '#data/index.ts';
import { views } from './views.ts';

/** A page that polls may never be called idle; by then it is done all the same. */
const LATEST_MS = 3_000;

/** Fetches the code of every view once the page has become idle, so that each opens when the server is gone, too. */
export function useViewsFetchedAhead(): void {
  const isAway = isOutdated(useConnection());
  useEffect(() => (isAway ? undefined : whenIdle(() => void fetchAll())), [isAway]);
}

/** One after the other: on a slow line they must not stand in the way of figures. */
async function fetchAll(): Promise<void> {
  try {
    for (const { code } of views) await code.load();
  } catch {
    // The server has gone; what is missing is fetched when it is back.
  }
}

/** Safari has no idle callback. Answers what calls it off. */
function whenIdle(run: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const idle = requestIdleCallback(run, { timeout: LATEST_MS });
    return () => cancelIdleCallback(idle);
  }
  const timer = setTimeout(run, LATEST_MS);
  return () => clearTimeout(timer);
}
