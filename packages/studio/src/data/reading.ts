import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useStudioData } from './data-context.tsx';
import type { Query } from './rest.ts';
import type { RestError } from './rest-error.ts';

/** Figures that move with every price. */
export const MOVING_MS = 1_000;
/** Figures that a record makes old as well. */
export const RECORDED_MS = 5_000;
export const SLOW_MS = 15_000;

/** As TanStack Query gives it: `data`, `error` (a `RestError`), `isPending`, `isFetching`, `refetch` … */
export type Answer<Data> = UseQueryResult<Data, RestError>;

export interface Reading<Body, Data> {
  key: readonly unknown[];
  path: string;
  query?: Query;
  everyMs?: number | false | ((last: Body | undefined) => number);
  select?: (body: Body) => Data;
  enabled?: boolean;
  accept?: readonly number[];
  /** While another query of the same place loads, the last answer stays on the page. */
  keepLast?: boolean;
  /** A long list that moves as a whole: looking for what stayed the same in it would cost more than it saves. */
  moves?: boolean;
}

/** A GET of the Provider, read again in its time and after records that make it old. */
export function useReading<Body, Data = Body>(reading: Reading<Body, Data>): Answer<Data> {
  const { rest } = useStudioData();
  const {
    key,
    path,
    query,
    everyMs = false,
    select,
    enabled = true,
    accept,
    keepLast = false,
    moves = false,
  } = reading;
  return useQuery<Body, RestError, Data>({
    queryKey: key,
    enabled,
    refetchInterval: typeof everyMs === 'function' ? ({ state }) => everyMs(state.data) : everyMs,
    staleTime: typeof everyMs === 'number' ? everyMs : 0,
    ...(moves ? { structuralSharing: false } : {}),
    ...(select === undefined ? {} : { select }),
    ...(keepLast ? { placeholderData: keepPreviousData } : {}),
    queryFn: ({ signal }) =>
      rest<Body>(path, {
        signal,
        ...(query === undefined ? {} : { query }),
        ...(accept === undefined ? {} : { accept }),
      }),
  });
}

/** A GET of the Inspector, below `/inspector`. */
export function useInspectorReading<Body, Data = Body>(reading: Reading<Body, Data>): Answer<Data> {
  const { inspectorPath } = useStudioData();
  return useReading({ ...reading, path: inspectorPath(reading.path) });
}
