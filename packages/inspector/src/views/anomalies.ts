import type { AuditKind, AuditRecord } from '@inspector/contract';
import type { AuditFold } from './audit-fold.ts';
import { ANOMALIES_LIMIT } from './bounds.ts';
import { createRing, newestOf } from './ring.ts';

/** What should not happen on a good day: data that is missing or wrong, orders in doubt, protection that failed. */
const anomalousKinds: ReadonlySet<AuditKind> = new Set<AuditKind>([
  'DATA_GAP',
  'DATA_OUTLIER',
  'DATA_STALE',
  'DEAD_LETTER',
  'NAKED_EXPOSURE',
  'ORDER_UNKNOWN',
  'PROTECTION_FAILED',
  'VOLATILITY_SPIKE',
  'LIQUIDITY_DROPPED',
]);

export const isAnomaly = (record: AuditRecord): boolean =>
  anomalousKinds.has(record.kind) || (record.kind === 'ALERT_SENT' && record.severity === 'critical');

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
