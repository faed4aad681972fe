import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/**
 * Gives the pages of a scope the headers that a browser needs: register page routes in a scope of their own and call
 * this first. Data routes carry fewer (see `DATA_HEADERS`), because a browser never shows what they answer.
 */
export async function securePages(scope: FastifyInstance): Promise<void> {
  await scope.register(helmet, {
    // A loopback service has no TLS: upgraded, its own styles and scripts would not load.
    contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } },
  });
}

/** On every answer of a data route. No-store: a position of a minute ago is worse than none. */
export const DATA_HEADERS: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};
