import { type ComponentType, useEffect, useState } from 'react';
import { isOutdated, useConnection } from '#data/index.ts';
import type { ViewCode } from './view-code.ts';

export type LoadedView =
  | { kind: 'ready'; View: ComponentType }
  | { kind: 'waiting' }
  | { kind: 'failed'; error: unknown; isAway: boolean; retry(): void };

/** A view whose code is fetched when it is not there yet, and again when the connection has come back. */
export function useView(code: ViewCode<ComponentType>): LoadedView {
  const isAway = isOutdated(useConnection());
  const [attempt, setAttempt] = useState(0);
  const [failure, setFailure] = useState<{ error: unknown } | null>(null);
  const [, setLoaded] = useState(code.loaded() !== undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt, and each coming back, asks anew
  useEffect(() => {
    let isWanted = true;
    setFailure(null);
    code.load().then(
      () => isWanted && setLoaded(true),
      (error: unknown) => isWanted && setFailure({ error }),
    );
    return () => {
      isWanted = false;
    };
  }, [code, attempt, isAway]);

  const View = code.loaded();
  if (View !== undefined) return { kind: 'ready', View };
  if (failure === null) return { kind: 'waiting' };
  return { kind: 'failed', error: failure.error, isAway, retry: () => setAttempt(attempt + 1) };
}
