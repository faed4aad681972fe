import { Type } from 'typebox';
import type { Service } from '../service.ts';
import type { Metrics, Observe } from './create-metrics.ts';

const METRICS_PATH = '/metrics';

/**
 * `GET /metrics` at the root. This machine needs no token, anybody else a viewer's. Register it before other routes: what
 * is registered before it is not measured.
 */
export function registerMetricsRoute(app: Service, metrics: Metrics<never>, requests: Observe): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { url = 'unknown' } = request.routeOptions;
    if (url !== METRICS_PATH) requests(reply.elapsedTime / 1000, request.method, url, String(reply.statusCode));
    done();
  });
  const schema = {
    tags: ['health'],
    summary: 'Metrics as Prometheus text; open to this machine, else for the role `viewer`',
    response: { 200: { description: 'Prometheus text.', content: { 'text/plain': { schema: Type.String() } } } },
  };
  app.get(METRICS_PATH, { config: { role: 'viewer-or-local' }, schema }, async (_request, reply) => {
    const text = await metrics.text();
    return reply.header('cache-control', 'no-store').type(metrics.contentType).send(text);
  });
}
