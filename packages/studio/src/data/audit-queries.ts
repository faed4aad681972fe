import type {
  AuditQuery,
  AuditResponse,
  IncidentResponse,
  PostTradeResponse,
  QuestdbAuditResponse,
  TraceResponse,
  TradeJournalResponse,
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

/** The same of the analytical copy, with `source` and `lag`. 503 `QUESTDB_UNAVAILABLE` when it is down. */
export const useQuestdbAudit = (query: AuditQuery, enabled = true): Answer<QuestdbAuditResponse> =>
  useInspectorReading<QuestdbAuditResponse>({
    key: [...queryKeys.audit, 'questdb', query],
    path: '/risk/audit/questdb',
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

/** Closed trades, newest first. */
export const useTradeJournal = (limit = 200): Answer<TradeJournalResponse> =>
  useInspectorReading<TradeJournalResponse>({
    key: [...queryKeys.trades, 'journal', limit],
    path: '/trade-journal',
    query: { limit },
    everyMs: SLOW_MS,
  });

/** Closed trades with slippage, time naked and excursions, newest first. */
export const usePostTrade = (limit = 200): Answer<PostTradeResponse> =>
  useInspectorReading<PostTradeResponse>({
    key: [...queryKeys.trades, 'post-trade', limit],
    path: '/analysis/post-trade',
    query: { limit },
    everyMs: SLOW_MS,
  });
