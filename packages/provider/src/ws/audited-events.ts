import { type AuditRecord, type Envelope, eventIdOfRecord } from '@inspector/contract';

/**
 * A page of the audit trail: the records of any kind that follow `afterSeq`, oldest first, without a hole. About `limit` of
 * them; fewer than `limit` mean that the trail ends there.
 */
export type AuditAfter = (afterSeq: number, limit: number) => Promise<AuditRecord[]> | AuditRecord[];

/** The event that was published for a record of this kind carries the record's `seq` and its `data` as payload. */
const typeOfKind: Record<string, string> = {
  LIMIT_BREACHED: 'INSPECTOR_RISK_LIMIT_BREACH',
  KILL_SWITCH: 'INSPECTOR_RISK_KILL_SWITCH',
  LIQUIDITY_DROPPED: 'INSPECTOR_LIQUIDITY_DROPPED',
  VOLATILITY_SPIKE: 'INSPECTOR_VOLATILITY_SPIKE',
  DATA_GAP: 'INSPECTOR_DATA_GAP_DETECTED',
  DATA_OUTLIER: 'INSPECTOR_DATA_OUTLIER_DETECTED',
};

const auditedTypes = new Set([...Object.values(typeOfKind), 'INSPECTOR_TREND_DETECTED', 'INSPECTOR_RANGE_DETECTED']);

/** True for an event that a resume can find in the audit trail again. A margin update, for one, leaves no record. */
export const isAudited = ({ type, seq }: Envelope): boolean => seq !== undefined && auditedTypes.has(type);

/** The event that was published for a record, or undefined where there was none. Its `eventId` is the same every time. */
export function eventOfRecord(record: AuditRecord): Envelope | undefined {
  const type = record.kind === 'REGIME_CHANGED' ? regimeType(record.data) : typeOfKind[record.kind];
  if (type === undefined) return undefined;
  return {
    eventId: eventIdOfRecord(record.seq, record.epoch),
    type,
    source: 'INSPECTOR',
    timestamp: record.ts,
    correlationId: record.traceId,
    seq: record.seq,
    epoch: record.epoch,
    payload: record.data,
  } as Envelope;
}

function regimeType(data: unknown): string {
  return (data as { regime?: unknown }).regime === 'RANGE' ? 'INSPECTOR_RANGE_DETECTED' : 'INSPECTOR_TREND_DETECTED';
}
