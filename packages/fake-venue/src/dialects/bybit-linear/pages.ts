import { integer } from './parameters.ts';

export interface PageLimits {
  normal: number;
  max: number;
}

export interface Page<T> {
  items: T[];
  /** Percent-encoded, as the venue gives it; empty after the last page. */
  nextPageCursor: string;
}

/** One page of the list. The cursor counts items, so a list that grows at its head repeats some on the next page. */
export function pageOf<T>(all: readonly T[], params: URLSearchParams, { normal, max }: PageLimits): Page<T> {
  const limit = Math.min(Math.max(1, integer(params, 'limit') ?? normal), max);
  const from = Number(/\d+$/.exec(params.get('cursor') ?? '')?.[0] ?? 0);
  const end = from + limit;
  return { items: all.slice(from, end), nextPageCursor: end < all.length ? `page_token%3D${end}` : '' };
}
