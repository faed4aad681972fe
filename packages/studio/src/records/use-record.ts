import type { AuditRecord, AuditResponse } from '@inspector/contract';
import { useQuery } from '@tanstack/react-query';
import { queryKeys, type RestError, useStudioData } from '#data/index.ts';
import { findRecord } from './find-record.ts';

/** The record of a sequence: the one at hand, or looked for in the store. `data` is null when it is not there. */
export function useRecord(seq: number | null, atHand: AuditRecord | undefined) {
  const { rest, inspectorPath } = useStudioData();
  return useQuery<AuditRecord | null, RestError>({
    queryKey: [...queryKeys.audit, 'seq', seq],
    enabled: seq !== null && atHand === undefined,
    // A record never changes.
    staleTime: Number.POSITIVE_INFINITY,
    ...(atHand === undefined ? {} : { initialData: atHand }),
    queryFn: () =>
      findRecord(
        seq ?? 0,
        async (query) => (await rest<AuditResponse>(inspectorPath('/risk/audit'), { query: { ...query } })).data,
      ),
  });
}
