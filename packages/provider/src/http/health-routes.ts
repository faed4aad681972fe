import { type ProviderHealth, ProviderHealthSchema } from '@inspector/contract';
import type { Service } from '@inspector/service';

/** `GET /health`, open to all: 200 while every connector is up, 503 otherwise. At the root too, for probes. */
export function registerHealthRoutes(app: Service, health: () => ProviderHealth): void {
  const schema = {
    tags: ['health'],
    summary: 'Whether connectors are up; needs no token',
    response: { 200: ProviderHealthSchema, 503: ProviderHealthSchema },
  };
  for (const path of ['/api/health', '/health']) {
    app.get(path, { config: { role: 'public' }, schema }, (_request, reply) => {
      const state = health();
      reply.code(state.ok ? 200 : 503);
      return state;
    });
  }
}
