import type {
  AuditQuery,
  AuditResponse,
  IncidentResponse,
  QuestdbAuditResponse,
  TraceResponse,
} from '@inspector/contract';
import { queryKeys } from './query-keys.ts';
import { type Answer, MOVING_MS, RECORDED_MS, SLOW_MS, useInspectorReading } from './reading.ts';

/** Records of the store by filter, newest first, read once; for the live tail see `useTrail`. */
export const useAudit = (query: AuditQuery, enabled = true): Answer<AuditResponse> =>
  useInspectorReading<AuditResponse>({
    key: [...queryKeys.audit, 'embedded', query],
    path: '/risk/audit',
    query: { ...query },
    enabled,
    keepLast: true,
  });

const newestOfCopy = { limit: 1 };

/** How far the analytical copy is behind, read every 15 s; `source` is `embedded` where there is none. */
export const useAuditCopy = (): Answer<QuestdbAuditResponse> =>
  useInspectorReading<QuestdbAuditResponse>({
    key: [...queryKeys.audit, 'copy'],
    path: '/risk/audit/questdb',
    query: newestOfCopy,
    everyMs: SLOW_MS,
  });

/** All records of one cause, oldest first: from the request to orders, position and close. */
export const useTrace = (traceId: string | null): Answer<TraceResponse> =>
  useInspectorReading<TraceResponse>({
    key: [...queryKeys.trace, traceId],
    path: `/events/${encodeURIComponent(traceId ?? '')}`,
    enabled: traceId !== null,
    everyMs: RECORDED_MS,
  });

/** Report of a kill-switch incident: timeline, latencies, proof, audit range and its hash. */
export const useIncident = (incidentId: string | null): Answer<IncidentResponse> =>
  useInspectorReading<IncidentResponse>({
    key: [...queryKeys.incident, incidentId],
    path: `/kill-switch/incidents/${encodeURIComponent(incidentId ?? '')}`,
    enabled: incidentId !== null,
    everyMs: MOVING_MS,
  });
