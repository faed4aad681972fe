import { useMemo } from 'react';
import { useGovernor, useOptions } from '#data/index.ts';
import type { DecidedRequest } from './decided-request.ts';
import type { RefusalFacts } from './facts.ts';

/** Locks and options as they are now: what a refusal is explained with beside its own record. */
export type Present = Pick<RefusalFacts, 'locks' | 'options'>;

export function usePresent(): Present {
  const locks = useGovernor().data?.locks ?? null;
  const options = useOptions().data?.options ?? null;
  return useMemo(() => ({ locks, options }), [locks, options]);
}

export const factsOf = (
  { decision, request, symbol }: DecidedRequest,
  present: Present,
  tickSize?: number,
): RefusalFacts => ({ decision, request, symbol, tickSize, ...present });
