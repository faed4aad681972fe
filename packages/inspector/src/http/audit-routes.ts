import {
  AnomaliesResponseSchema,
  AuditQuerySchema,
  AuditResponseSchema,
  LimitQuerySchema,
  QuestdbAuditResponseSchema,
} from '@inspector/contract';
import type { AuditFilter } from '../journal/journal.ts';
import type { HttpPorts } from './ports.ts';
import type { AddRoutes } from './route.ts';

/** The audit trail: the newest records from memory, older ones from the store, which is the authority. */
export const auditRoutes: AddRoutes<Pick<HttpPorts, 'journal' | 'views'>> = (app, { journal, views }) => {
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
      const data = await journal.queryAudit({ ...request.query, limit: request.query.limit ?? 200 });
      return { count: data.length, data, source: 'embedded' as const, lag: 0 };
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
