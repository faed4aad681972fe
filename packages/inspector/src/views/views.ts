import type { AuditRecord } from '@inspector/contract';
import { type Anomalies, createAnomalies } from './anomalies.ts';
import { type AuditTail, createAuditTail } from './audit-tail.ts';
import { createIncidents, type Incidents } from './incidents.ts';
import { createRequests, type Requests } from './requests.ts';
import { createTraces, type Traces } from './traces.ts';
import { createTradeJournal, type TradeJournal } from './trade-journal.ts';

/** A record was missing between two that came: what the views show would be wrong, so they take no more. */
interface AuditHoleError extends Error {
  code: 'AUDIT_HOLE';
  expectedSeq: number;
  seenSeq: number;
}

/** What readers see, folded from the audit stream alone: it can be thrown away and built again. */
export interface Views {
  /** Sequence of the last record folded in; `startAfter` before the first. */
  readonly lastSeq: number;
  readonly tail: AuditTail;
  readonly trades: TradeJournal;
  readonly anomalies: Anomalies;
  readonly requests: Requests;
  readonly traces: Traces;
  readonly incidents: Incidents;
  /** Takes the next record. One that was folded in already is passed over; a hole throws `AUDIT_HOLE`. */
  apply(record: AuditRecord): void;
}

/** `startAfter` is the sequence after which the stream begins: 0, or where the rebuilding from the store starts. */
export function createViews(startAfter: number): Views {
  const tail = createAuditTail();
  const trades = createTradeJournal();
  const anomalies = createAnomalies();
  const requests = createRequests();
  const traces = createTraces();
  const incidents = createIncidents();
  const folds = [tail, trades, anomalies, requests, traces, incidents];
  let lastSeq = startAfter;
  return {
    get lastSeq() {
      return lastSeq;
    },
    tail,
    trades,
    anomalies,
    requests,
    traces,
    incidents,
    apply(record) {
      if (record.seq <= lastSeq) return;
      if (record.seq !== lastSeq + 1) throw auditHole(lastSeq + 1, record.seq);
      for (const fold of folds) fold.apply(record);
      lastSeq = record.seq;
    },
  };
}

function auditHole(expectedSeq: number, seenSeq: number): AuditHoleError {
  const message = `audit record ${expectedSeq} is missing: ${seenSeq} came`;
  return Object.assign(new Error(message), { code: 'AUDIT_HOLE' as const, expectedSeq, seenSeq });
}
