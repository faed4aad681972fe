import type { AuditRecord } from '@inspector/contract';
import { textColumns } from './record-rows.ts';

const texts = Object.entries(textColumns) as [keyof typeof textColumns, string][];

/** What `storedRecord` reads, in its order. */
export const storedColumns = [
  'cast(ts AS LONG)',
  'seq',
  'epoch',
  'data',
  'record',
  ...texts.map(([, column]) => column),
].join(', ');

/** The record that a row of `inspector_audit` was made from. */
export function storedRecord([micros, seq, epoch, data, whole, ...values]: readonly unknown[]): AuditRecord {
  if (typeof whole === 'string') return JSON.parse(whole) as AuditRecord;
  const found: Partial<Record<keyof AuditRecord, unknown>> = {};
  for (const [index, [field]] of texts.entries()) {
    if (typeof values[index] === 'string') found[field] = values[index];
  }
  // In the order in which records are written.
  const { kind, code, severity, traceId, causationId, actor, message, ...subject } = found;
  const { accountKey, symbol, positionId, requestId, orderId, detectorSysname } = subject;
  const ordered = {
    seq,
    ts: Number(micros) / 1000,
    kind,
    code,
    severity,
    accountKey,
    symbol,
    positionId,
    requestId,
    orderId,
    detectorSysname,
    traceId,
    causationId,
    actor,
    message,
    data: typeof data === 'string' ? JSON.parse(data) : {},
    epoch,
  };
  const present = Object.entries(ordered).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as unknown as AuditRecord;
}
