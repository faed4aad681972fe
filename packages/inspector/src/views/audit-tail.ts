import type { AuditRecord } from '@inspector/contract';
import type { AuditFilter } from '../journal/journal.ts';
import type { AuditFold } from './audit-fold.ts';
import { TAIL_LIMIT } from './bounds.ts';
import { createRing, newestOf } from './ring.ts';

/** The newest records at hand. */
export interface AuditTail extends AuditFold {
  /** Newest first. */
  latest(count: number): AuditRecord[];
  /** The answer to `filter`, newest first, or undefined when only the store can tell. */
  find(filter: AuditFilter, firstSeq: number): AuditRecord[] | undefined;
}

export function createAuditTail(limit = TAIL_LIMIT): AuditTail {
  const ring = createRing<AuditRecord>(limit);
  return {
    apply: (record) => ring.push(record),
    latest: (count) => newestOf(ring, count),
    find(filter, firstSeq) {
      const matches = auditMatch(filter);
      const found: AuditRecord[] = [];
      let oldest: AuditRecord | undefined;
      ring.newestFirst((record) => {
        oldest = record;
        if (matches(record)) found.push(record);
        return found.length < filter.limit;
      });
      return found.length === filter.limit || reachesBack(filter, oldest, firstSeq) ? found : undefined;
    },
  };
}

/** True when nothing before the oldest record at hand could match: times never go back, and seq counts. */
function reachesBack(filter: AuditFilter, oldest: AuditRecord | undefined, firstSeq: number): boolean {
  if (oldest === undefined) return false;
  if (oldest.seq <= firstSeq || oldest.seq <= (filter.afterSeq ?? 0) + 1) return true;
  return filter.from !== undefined && oldest.ts < filter.from;
}

const fields = ['kind', 'code', 'symbol', 'accountKey', 'positionId', 'traceId'] as const;

/** The test of a filter; `from` and `to` are included, `afterSeq` is not. */
function auditMatch(filter: AuditFilter): (record: AuditRecord) => boolean {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, afterSeq = 0 } = filter;
  const given = fields.filter((field) => filter[field] !== undefined);
  return (record) =>
    record.seq > afterSeq &&
    record.ts >= from &&
    record.ts <= to &&
    given.every((field) => record[field] === filter[field]);
}
