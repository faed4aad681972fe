import type { AuditRecord } from '@inspector/contract';

/** A record of that sequence; `ts` rises with it. */
export const sampleRecord = (seq: number, fields: Partial<AuditRecord> = {}): AuditRecord => ({
  seq,
  ts: 1_700_000_000_000 + seq,
  kind: 'ORDER_SENT',
  code: 'NEW',
  severity: 'info',
  traceId: `trace-${seq}`,
  message: `record ${seq}`,
  data: {},
  epoch: 1,
  ...fields,
});

/** Records from one sequence through another, in order. */
export const sampleRecords = (from: number, through: number): AuditRecord[] =>
  Array.from({ length: Math.max(0, through - from + 1) }, (_, index) => sampleRecord(from + index));
