import { SessionResponseSchema } from '@inspector/contract';
import type { Service } from '@inspector/service';

/** `GET /api/session`: name and role of the token that asks, so that a page offers only what it may do. */
export function registerSessionRoutes(app: Service, now: () => number): void {
  app.get(
    '/api/session',
    {
      config: { role: 'viewer' },
      schema: { tags: ['health'], summary: 'Whose token this is', response: { 200: SessionResponseSchema } },
    },
    ({ caller: { name, role } }) => ({ name, role, timestamp: now() }),
  );
}
