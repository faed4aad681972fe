import type { AuditRecord } from '@inspector/contract';
import type { AuditFold } from './audit-fold.ts';
import { ANOMALIES_LIMIT } from './bounds.ts';
import { createRing, newestOf } from './ring.ts';

/** What somebody should look at. A refused request is not: refusing is what rules are for. */
const isAnomaly = ({ severity, kind }: AuditRecord): boolean =>
  (severity === 'warn' || severity === 'critical') && kind !== 'REQUEST_DECIDED';

export interface Anomalies extends AuditFold {
  /** Newest first. */
  latest(count: number): AuditRecord[];
  /** How many of each kind since the views began. */
  counts(): Record<string, number>;
}

export function createAnomalies(): Anomalies {
  const ring = createRing<AuditRecord>(ANOMALIES_LIMIT);
  const counts = new Map<string, number>();
  return {
    apply(record) {
      if (!isAnomaly(record)) return;
      ring.push(record);
      counts.set(record.kind, (counts.get(record.kind) ?? 0) + 1);
    },
    latest: (count) => newestOf(ring, count),
    counts: () => Object.fromEntries(counts),
  };
}
