import type { AuditRecord, PositionRuntimeState } from '@inspector/contract';
import { useCallback, useMemo } from 'react';
import { type Records, useRecords } from '#data/index.ts';
import { isOfPosition, type PositionEvent, positionEvent } from './position-events.ts';

/** Records read of a symbol: a day of a busy one. Older ones are not on the chart; the audit has them. */
const RECORDS_LIMIT = 1_000;

export interface PositionEvents extends Omit<Records, 'records'> {
  /** Newest first. */
  events: readonly PositionEvent[];
}

/** Decisions about a position's symbol, its fills, and what happened to its protection. */
export function usePositionEvents({ accountKey, symbol }: PositionRuntimeState): PositionEvents {
  const query = useMemo(() => ({ accountKey, symbol, limit: RECORDS_LIMIT }), [accountKey, symbol]);
  const passes = useCallback(
    (record: AuditRecord) => isOfPosition(record, { accountKey, symbol }),
    [accountKey, symbol],
  );
  const { records, ...rest } = useRecords(query, passes, RECORDS_LIMIT);
  const events = useMemo(
    () => records.map(positionEvent).filter((event): event is PositionEvent => event !== undefined),
    [records],
  );
  return { events, ...rest };
}
