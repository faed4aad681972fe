import {
  AnomaliesResponseSchema,
  AuditQuerySchema,
  type AuditRecord,
  AuditResponseSchema,
  LimitQuerySchema,
  QuestdbAuditResponseSchema,
} from '@inspector/contract';
import { requestError } from '@inspector/service';
import type { AuditFilter } from '../journal/journal.ts';
import type { AnalyticalCopy } from '../outbox/outbox.ts';
import { isQuestdbFailure } from '../outbox/questdb-failure.ts';
import type { HttpPorts } from './ports.ts';
import type { AddRoutes } from './route.ts';

/** A QuestDB that has gone is asked again by then. */
const RETRY_AFTER_S = '5';

/** The audit trail: the newest records from memory, older ones from the store, which is the authority. */
export const auditRoutes: AddRoutes<Pick<HttpPorts, 'journal' | 'views' | 'analytics'>> = (app, ports) => {
  const { journal, views, analytics } = ports;
  const config = { role: 'viewer' as const };
  const tags = ['audit'];

  async function search(query: Omit<AuditFilter, 'limit'> & { limit?: number }) {
    const filter = { ...query, limit: query.limit ?? 200 };
    const data = views.tail.find(filter, journal.firstSeq) ?? (await journal.queryAudit(filter));
    return { count: data.length, data };
  }

  app.get(
    '/risk/audit',
    {
      config,
      schema: {
        tags,
        summary: 'Audit records, newest first',
        querystring: AuditQuerySchema,
        response: { 200: AuditResponseSchema },
      },
    },
    (request) => search(request.query),
  );

  app.get(
    '/risk/audit/questdb',
    {
      config,
      schema: {
        tags,
        summary: 'Audit records of the analytical copy; of the embedded store where none is configured',
        querystring: AuditQuerySchema,
        response: { 200: QuestdbAuditResponseSchema },
      },
    },
    async (request) => {
      const filter = { ...request.query, limit: request.query.limit ?? 200 };
      const data = analytics === null ? await journal.queryAudit(filter) : await searchCopy(analytics, filter);
      const source = analytics === null ? ('embedded' as const) : ('questdb' as const);
      return { count: data.length, data, source, lag: analytics?.state().lag ?? 0 };
    },
  );

  app.get(
    '/audit/recent',
    {
      config,
      schema: {
        tags,
        summary: 'The newest audit records',
        querystring: LimitQuerySchema,
        response: { 200: AuditResponseSchema },
      },
    },
    (request) => search(request.query),
  );

  app.get(
    '/audit/anomalies',
    {
      config,
      schema: {
        tags,
        summary: 'Records that somebody should look at, newest first',
        querystring: LimitQuerySchema,
        response: { 200: AnomaliesResponseSchema },
      },
    },
    (request) => {
      const data = views.anomalies.latest(request.query.limit ?? 200);
      return { count: data.length, data };
    },
  );
};

async function searchCopy(analytics: AnalyticalCopy, filter: AuditFilter): Promise<AuditRecord[]> {
  try {
    return await analytics.query(filter);
  } catch (error) {
    if (!isQuestdbFailure(error)) throw error;
    throw requestError('QUESTDB_UNAVAILABLE', error.message, { headers: { 'retry-after': RETRY_AFTER_S } });
  }
}
