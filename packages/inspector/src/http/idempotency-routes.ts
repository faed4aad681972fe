import {
  IdempotencyResponseSchema,
  IdempotencyStatsSchema,
  LimitQuerySchema,
  ReservationStatsSchema,
} from '@inspector/contract';
import type { HttpPorts } from './ports.ts';
import type { AddRoutes } from './route.ts';

/** What came twice, what was sent, and what is held back for it. */
export const idempotencyRoutes: AddRoutes<Pick<HttpPorts, 'picture' | 'views'>> = (app, { picture, views }) => {
  const config = { role: 'viewer' as const };
  const tags = ['idempotency'];

  app.get(
    '/idempotency',
    {
      config,
      schema: {
        tags,
        summary: 'Requests decided, and how often they came again',
        querystring: LimitQuerySchema,
        response: { 200: IdempotencyResponseSchema },
      },
    },
    (request) => {
      const data = views.requests.latest(request.query.limit ?? 200);
      return { count: data.length, data };
    },
  );

  app.get(
    '/idempotency/stats',
    {
      config,
      schema: { tags, summary: 'Request ids kept, and orders by status', response: { 200: IdempotencyStatsSchema } },
    },
    () => picture().idempotency,
  );

  app.get(
    '/reservations/stats',
    {
      config,
      schema: {
        tags,
        summary: 'Approved entries that are not filled or dead',
        response: { 200: ReservationStatsSchema },
      },
    },
    () => picture().reservations,
  );
};
