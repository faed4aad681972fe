import type { AuditRecord } from '@inspector/contract';
import type { AuditFold } from './audit-fold.ts';
import { DUPLICATES_LIMIT } from './bounds.ts';
import { createRing, newestOf } from './ring.ts';

/** A request that came again and was answered with its first decision. */
export interface Duplicate {
  requestId: string;
  ts: number;
  seq: number;
  traceId: string;
  accountKey?: string;
  symbol?: string;
  detectorSysname?: string;
}

export interface Duplicates extends AuditFold {
  readonly count: number;
  /** Newest first. */
  latest(count: number): Duplicate[];
}

export function createDuplicates(): Duplicates {
  const ring = createRing<Duplicate>(DUPLICATES_LIMIT);
  let count = 0;
  return {
    get count() {
      return count;
    },
    apply(record) {
      if (record.kind !== 'REQUEST_DECIDED' || record.code !== 'REQUEST_DUPLICATE') return;
      count += 1;
      ring.push(duplicateOf(record));
    },
    latest: (limit) => newestOf(ring, limit),
  };
}

function duplicateOf({ ts, seq, traceId, requestId = '', ...record }: AuditRecord): Duplicate {
  const duplicate: Duplicate = { requestId, ts, seq, traceId };
  if (record.accountKey !== undefined) duplicate.accountKey = record.accountKey;
  if (record.symbol !== undefined) duplicate.symbol = record.symbol;
  if (record.detectorSysname !== undefined) duplicate.detectorSysname = record.detectorSysname;
  return duplicate;
}
