import type { AuditRecord } from '@inspector/contract';

/** Records of two sources as one, newest first, each once. */
export function mergeRecords(
  newer: readonly AuditRecord[],
  older: readonly AuditRecord[],
  limit = Number.POSITIVE_INFINITY,
): AuditRecord[] {
  const bySeq = new Map<number, AuditRecord>();
  for (const record of older) bySeq.set(record.seq, record);
  for (const record of newer) bySeq.set(record.seq, record);
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq).slice(0, limit);
}
