import type { AuditRecord, EquityPoint, EquityResponse } from '@inspector/contract';
import { useMemo } from 'react';
import { type Answer, mergeRecords, useRecords, useStudioData } from '#data/index.ts';
import { SLOW_MS, useInspectorReading } from '#data/reading.ts';
import { type EquityMark, equityMarks, type MarkedKind } from './equity-marks.ts';
import { type EquityRange, equityFrom, recordsFrom } from './equity-range.ts';

/** About what a wide screen has room for. */
const CHART_POINTS = 1_000;

/** Records of each kind that are read of a range. */
const RECORDS_LIMIT = 500;

const dataOf = ({ data }: EquityResponse): EquityPoint[] => data;

/** Equity of one account over a range, oldest first. */
export function useEquity(accountKey: string | undefined, range: EquityRange): Answer<EquityPoint[]> {
  const from = useFrom(range, equityFrom);
  return useInspectorReading<EquityResponse, EquityPoint[]>({
    key: ['equity', accountKey, range, from],
    path: '/risk/equity',
    query: { accountKey, from, points: CHART_POINTS },
    enabled: accountKey !== undefined,
    everyMs: SLOW_MS,
    select: dataOf,
  });
}

/** Trips, locks and kills of an account over a range, newest first. */
export function useEquityMarks(accountKey: string | undefined, range: EquityRange): readonly EquityMark[] {
  const from = useFrom(range, recordsFrom);
  const breaches = useKind('LIMIT_BREACHED', from);
  const changes = useKind('GOVERNOR_CHANGED', from);
  const kills = useKind('KILL_SWITCH', from);
  return useMemo(() => {
    if (accountKey === undefined) return [];
    return equityMarks(mergeRecords(breaches, mergeRecords(changes, kills)), accountKey);
  }, [breaches, changes, kills, accountKey]);
}

function useKind(kind: MarkedKind, from: number): readonly AuditRecord[] {
  const query = useMemo(() => ({ kind, from, limit: RECORDS_LIMIT }), [kind, from]);
  const passes = useMemo(() => (record: AuditRecord) => record.kind === kind, [kind]);
  return useRecords(query, passes, RECORDS_LIMIT).records;
}

/** A range's beginning, taken once when it is chosen: a query that moves every second would never be answered. */
function useFrom<From>(range: EquityRange, from: (range: EquityRange, now: number) => From): From {
  const { clock } = useStudioData();
  return useMemo(() => from(range, clock.now()), [range, from, clock]);
}
