import {
  LimitQuerySchema,
  maxLimit,
  TraceParamsSchema,
  TraceResponseSchema,
  TracesResponseSchema,
} from '@inspector/contract';
import { requestError } from '@inspector/service';
import type { HttpPorts } from './ports.ts';
import type { AddRoutes } from './route.ts';

/** The audit by cause: everything that one event, request or command led to. */
export const eventRoutes: AddRoutes<Pick<HttpPorts, 'journal' | 'views'>> = (app, { journal, views }) => {
  const config = { role: 'viewer' as const };
  const tags = ['events'];

  app.get(
    '/events',
    {
      config,
      schema: {
        tags,
        summary: 'The newest causes',
        querystring: LimitQuerySchema,
        response: { 200: TracesResponseSchema },
      },
    },
    (request) => {
      const data = views.traces.latest(request.query.limit ?? 200);
      return { count: data.length, data };
    },
  );

  app.get(
    '/events/:traceId',
    {
      config,
      schema: {
        tags,
        summary: 'The records of one cause, in their order',
        params: TraceParamsSchema,
        response: { 200: TraceResponseSchema },
      },
    },
    async (request) => {
      const { traceId } = request.params;
      const filter = { traceId, limit: maxLimit };
      const found = views.tail.find(filter, journal.firstSeq) ?? (await journal.queryAudit(filter));
      if (found.length === 0) throw requestError('TRACE_UNKNOWN');
      return { traceId, count: found.length, data: found.toReversed() };
    },
  );
};
