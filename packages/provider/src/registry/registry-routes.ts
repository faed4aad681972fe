import {
  type AppKind,
  AppRefBodySchema,
  AppsResponseSchema,
  ProxyTargetsResponseSchema,
  RegisterAppBodySchema,
  RegisteredAppSchema,
} from '@inspector/contract';
import { requestError, type Service } from '@inspector/service';
import Type from 'typebox';
import type { AppRegistry, RegisteredApp } from './app-registry.ts';
import { type TargetHosts, targetUrl } from './target-url.ts';

const OkResponse = Type.Object({ ok: Type.Literal(true) });

/** First part of the proxy path of what can be proxied. */
export const proxiedKinds: Readonly<Partial<Record<AppKind, string>>> = {
  inspector: 'inspectors',
  detector: 'detectors',
  advisor: 'advisors',
};

export interface RegistryRoutesConfig {
  registry: AppRegistry;
  targetHosts: TargetHosts;
  /** Notes the epoch of an Inspector. The answer is the highest one seen, when that is another. */
  fence(appKey: string, epoch: number): number | undefined;
  /** Called when an application has signed on, each time. */
  onRegistered?(): void;
}

/** Contract 5: applications sign on and keep showing that they live. Both need `operator`: requests are sent to them. */
export function registerRegistryRoutes(app: Service, config: RegistryRoutesConfig): void {
  const { registry, targetHosts } = config;
  const tags = ['registry'];
  const access = { role: 'operator' } as const;

  app.post(
    '/api/apps/registry/register',
    {
      config: access,
      schema: {
        tags,
        summary: 'Sign on; again replaces; counts as a heartbeat',
        body: RegisterAppBodySchema,
        response: { 200: RegisteredAppSchema },
      },
    },
    ({ body }) => {
      const { kind = 'inspector', appKey, epoch } = body;
      const url = checkedTargetUrl(body.url, targetHosts);
      if (kind === 'inspector' && epoch !== undefined) refuseReplaced(appKey, epoch);
      if (!registry.register({ ...body, kind, url })) {
        throw requestError('OVERLOADED', 'The registry is full.', { headers: { 'retry-after': '60' } });
      }
      const registered = registry.find(kind, appKey);
      if (registered === undefined) throw new Error('an application that was registered is not there');
      config.onRegistered?.();
      return shown(registry, registered);
    },
  );

  /** An instance that was replaced must not draw the proxy back to itself. */
  function refuseReplaced(appKey: string, epoch: number): void {
    const highest = config.fence(appKey, epoch);
    if (highest === undefined) return;
    throw requestError('FENCED', `Epoch ${epoch} of ${appKey} has been replaced by ${highest}.`, {
      violations: [{ path: '/epoch', message: `must be at least ${highest}` }],
    });
  }

  app.post(
    '/api/apps/registry/heartbeat',
    {
      config: access,
      schema: {
        tags,
        summary: 'Still there',
        description: '404 `TARGET_UNKNOWN`: the Provider has restarted, register again.',
        body: AppRefBodySchema,
        response: { 200: OkResponse },
      },
    },
    ({ body }) => {
      const { kind = 'inspector', appKey } = body;
      if (!registry.heartbeat(kind, appKey)) throw requestError('TARGET_UNKNOWN', `${appKey} is not registered.`);
      return { ok: true as const };
    },
  );

  app.post(
    '/api/apps/registry/unregister',
    { config: access, schema: { tags, summary: 'Sign off', body: AppRefBodySchema, response: { 200: OkResponse } } },
    ({ body }) => {
      const { kind = 'inspector', appKey } = body;
      if (!registry.unregister(kind, appKey)) throw requestError('TARGET_UNKNOWN', `${appKey} is not registered.`);
      return { ok: true as const };
    },
  );

  app.get(
    '/api/apps/registry',
    { schema: { tags, summary: 'Registered applications', response: { 200: AppsResponseSchema } } },
    () => {
      const data = registry.list().map((each) => shown(registry, each));
      return { count: data.length, data };
    },
  );

  app.get(
    '/api/proxy/targets',
    { schema: { tags, summary: 'Where the proxy leads', response: { 200: ProxyTargetsResponseSchema } } },
    () => {
      const data = registry.list().flatMap((each) => {
        const path = proxiedKinds[each.kind];
        if (path === undefined) return [];
        const { kind, appKey } = each;
        return [{ kind, appKey, path: `/api/${path}/${appKey}`, state: registry.stateOf(each) }];
      });
      return { count: data.length, data };
    },
  );
}

/** The origin of a target, or 400 with the reason why requests may not be sent there. */
export function checkedTargetUrl(written: string, hosts: TargetHosts): string {
  const checked = targetUrl(written, hosts);
  if (checked.ok) return checked.origin;
  throw requestError('VALIDATION_FAILED', 'The address is not possible.', {
    violations: [{ path: '/url', message: checked.message }],
  });
}

/** All but the token. */
function shown(registry: AppRegistry, app: RegisteredApp) {
  const { token: _token, ...rest } = app;
  return { ...rest, state: registry.stateOf(app) };
}
