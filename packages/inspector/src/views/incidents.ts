import type { AuditRecord } from '@inspector/contract';
import type { AuditFold } from './audit-fold.ts';
import { INCIDENTS_LIMIT } from './bounds.ts';
import { createFollowed } from './followed.ts';

/** One phase of a kill switch as the audit has it. */
interface IncidentStep {
  phase: string;
  ts: number;
  seq: number;
  remaining: { orders: number; positions: number };
}

export interface IncidentTimeline {
  incidentId: string;
  scope: string;
  reason: string;
  actor: string;
  steps: IncidentStep[];
  fromSeq: number;
  /** The record of VERIFIED_FLAT, or the newest of the incident while it goes on. */
  toSeq: number;
}

export interface Incidents extends AuditFold {
  find(incidentId: string): IncidentTimeline | undefined;
  readonly latestId: string | undefined;
}

/** Steps kept of one incident: a stuck one tells it every 30 s at most, so this is some hours; then only the newest follows. */
const STEPS_LIMIT = 1_000;

export function createIncidents(): Incidents {
  const timelines = createFollowed<IncidentTimeline>(INCIDENTS_LIMIT);
  let latestId: string | undefined;
  return {
    get latestId() {
      return latestId;
    },
    find: (incidentId) => timelines.get(incidentId),
    apply(record) {
      if (record.kind !== 'KILL_SWITCH') return;
      const incidentId = textOf(record.data.incidentId);
      if (incidentId === '') return;
      const timeline = timelines.get(incidentId) ?? beginningOf(record, incidentId);
      if (timeline.steps.length >= STEPS_LIMIT) timeline.steps.pop();
      timeline.steps.push(stepOf(record));
      timeline.scope = textOf(record.data.scope) || timeline.scope;
      timeline.toSeq = endOf(timeline, record);
      timelines.set(incidentId, timeline);
      latestId = incidentId;
    },
  };
}

function beginningOf(record: AuditRecord, incidentId: string): IncidentTimeline {
  return {
    incidentId,
    scope: textOf(record.data.scope),
    reason: textOf(record.data.reason),
    actor: textOf(record.data.actor) || (record.actor ?? ''),
    steps: [],
    fromSeq: record.seq,
    toSeq: record.seq,
  };
}

/** The range ends with the proof that the account is flat; a re-arm later is not part of the kill. */
function endOf(timeline: IncidentTimeline, record: AuditRecord): number {
  return record.code === 'REARMED' ? timeline.toSeq : record.seq;
}

function stepOf(record: AuditRecord): IncidentStep {
  const remaining = (record.data.remaining ?? {}) as { orders?: number; positions?: number };
  return {
    phase: record.code,
    ts: record.ts,
    seq: record.seq,
    remaining: { orders: remaining.orders ?? 0, positions: remaining.positions ?? 0 },
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
