import type { AuditQuery, AuditRecord } from '@inspector/contract';
import { useMemo } from 'react';
import { useAudit } from './audit-queries.ts';
import { useNewestRecords } from './live-hooks.ts';
import { mergeRecords } from './merge-records.ts';
import type { Answer } from './reading.ts';

export interface Records {
  /** Newest first, each once. */
  records: readonly AuditRecord[];
  isPending: boolean;
  error: Answer<unknown>['error'];
  refetch(): void;
}

/**
 * Records of the store by a filter, and those that have come since by the live trail. `passes` says of a live record what
 * the filter says of a stored one; it and `query` must be stable.
 */
export function useRecords(query: AuditQuery, passes: (record: AuditRecord) => boolean, limit: number): Records {
  const { data, isPending, error, refetch } = useAudit(query);
  const live = useNewestRecords(passes, limit);
  const records = useMemo(() => mergeRecords(live, data?.data ?? [], limit), [live, data, limit]);
  return { records, isPending, error, refetch: () => void refetch() };
}
