import type { QueryCache } from '@tanstack/react-query';
import { STALE_AFTER_MS } from './connection.ts';

/** How old the answers are that are on the page, by the browser's clock. */
export interface AnswerTimes {
  /** When the answer that a query shows was asked for; null while it has none. */
  askedAt(queryHash: string): number | null;
  /** The same where that is so long ago that it must not be shown as true; null where it is not. */
  oldSince(queryHash: string): number | null;
}

/**
 * An answer is as old as its question: it may have been written right after that. When it came says nothing, because on a slow
 * line it was old by then.
 */
export function createAnswerTimes(cache: QueryCache, now: () => number = Date.now): AnswerTimes {
  const asking = new Map<string, number>();
  const answered = new Map<string, number>();
  cache.subscribe((event) => {
    const { queryHash } = event.query;
    if (event.type === 'removed') {
      asking.delete(queryHash);
      answered.delete(queryHash);
    }
    if (event.type !== 'updated') return;
    const { action } = event;
    if (action.type === 'fetch') asking.set(queryHash, now());
    if (action.type !== 'success') return;
    // One that is put there by hand says itself from when it is.
    const from = action.manual === true ? action.dataUpdatedAt : asking.get(queryHash);
    answered.set(queryHash, from ?? now());
  });
  const askedAt = (queryHash: string): number | null => answered.get(queryHash) ?? null;
  return {
    askedAt,
    oldSince(queryHash) {
      const since = askedAt(queryHash);
      return since !== null && now() - since > STALE_AFTER_MS ? since : null;
    },
  };
}
