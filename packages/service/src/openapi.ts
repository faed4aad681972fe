import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { securePages } from './secure-pages.ts';
import type { Service } from './service.ts';

export interface OpenApiConfig {
  title: string;
  description: string;
  version: string;
}

/** Collects the routes that are registered after it. The page is at `/docs`, the document at `/docs-json`. */
export async function describeWithOpenApi(app: Service, { title, description, version }: OpenApiConfig): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, description, version },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          apiToken: { type: 'apiKey', in: 'header', name: 'x-api-token' },
        },
      },
      security: [{ bearer: [] }, { apiToken: [] }],
    },
  });
  await app.register(async (pages) => {
    pages.addHook('onRoute', (route) => {
      route.config = { ...route.config, role: 'public' };
    });
    await securePages(pages);
    await pages.register(swaggerUi, { routePrefix: '/docs', uiConfig: { docExpansion: 'list', deepLinking: true } });
  });
  app.get('/docs-json', { schema: { hide: true }, config: { role: 'public' } }, () => app.swagger());
}
