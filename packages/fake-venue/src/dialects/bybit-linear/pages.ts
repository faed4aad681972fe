import { integer } from './parameters.ts';

export interface PageLimits {
  normal: number;
  max: number;
}

export interface Page<T> {
  items: T[];
  /** Percent-encoded, as the venue gives it; empty after a page without items. */
  nextPageCursor: string;
}

/**
 * One page of the list. Every page that has items has a cursor, so the last of them may be empty: examples of the
 * documentation are so. The cursor counts items: a list that grows at its head repeats some on the next page.
 */
export function pageOf<T>(all: readonly T[], params: URLSearchParams, { normal, max }: PageLimits): Page<T> {
  const limit = Math.min(Math.max(1, integer(params, 'limit') ?? normal), max);
  const from = Number(/\d+$/.exec(params.get('cursor') ?? '')?.[0] ?? 0);
  const items = all.slice(from, from + limit);
  return { items, nextPageCursor: items.length > 0 ? `page_token%3D${from + items.length}` : '' };
}
