import { type InspectorEntry, InspectorEntrySchema, InspectorsResponseSchema } from '@inspector/contract';
import { requestError, type Service } from '@inspector/service';
import Type from 'typebox';
import type { AppRegistry } from './app-registry.ts';
import type { InspectorEntries } from './inspector-entries.ts';
import { checkedTargetUrl } from './registry-routes.ts';
import type { TargetHosts } from './target-url.ts';

/** Entries written down; more are refused: nobody reads a longer list. */
export const INSPECTOR_ENTRIES_LIMIT = 1_000;

const SysnameParams = Type.Object(
  { sysname: InspectorEntrySchema.properties.sysname },
  { additionalProperties: false },
);
const InspectorResponse = InspectorsResponseSchema.properties.data.items;

export interface InspectorRoutesConfig {
  registry: AppRegistry;
  entries: InspectorEntries;
  targetHosts: TargetHosts;
}

/** Contract 5: the list of Inspectors, those written down and those that have signed on. Changing it needs `admin`. */
export function registerInspectorRoutes(app: Service, { registry, entries, targetHosts }: InspectorRoutesConfig): void {
  const tags = ['inspectors'];
  const config = { role: 'admin' } as const;
  const one = { 200: InspectorResponse };

  const shown = (sysname: string) => {
    const entry = entries.find(sysname);
    const registered = registry.find('inspector', sysname);
    if (entry === undefined && registered === undefined) {
      throw requestError('INSPECTOR_UNKNOWN', `There is no Inspector ${sysname}.`);
    }
    const { title, url } = { ...registered, ...entry };
    return {
      sysname,
      ...(title === undefined ? {} : { title }),
      ...(url === undefined ? {} : { url: registered?.url ?? url }),
      ...(entry?.description === undefined ? {} : { description: entry.description }),
      state: registered === undefined ? ('unregistered' as const) : registry.stateOf(registered),
      lastHeartbeatAt: registered?.lastHeartbeatAt ?? null,
    };
  };
  const put = (entry: InspectorEntry) => {
    entries.put(entry.url === undefined ? entry : { ...entry, url: checkedTargetUrl(entry.url, targetHosts) });
    return shown(entry.sysname);
  };

  app.get(
    '/api/inspectors',
    { schema: { tags, summary: 'Inspectors known here', response: { 200: InspectorsResponseSchema } } },
    () => {
      const registered = registry.list('inspector').map(({ appKey }) => appKey);
      const names = new Set([...entries.list().map(({ sysname }) => sysname), ...registered]);
      const data = [...names].sort().map(shown);
      return { count: data.length, data };
    },
  );

  app.get(
    '/api/inspectors/:sysname',
    { schema: { tags, summary: 'One Inspector', params: SysnameParams, response: one } },
    ({ params }) => shown(params.sysname),
  );

  app.post(
    '/api/inspectors',
    {
      config,
      schema: {
        tags,
        summary: 'Write an Inspector down',
        body: InspectorEntrySchema,
        response: { 201: InspectorResponse },
      },
    },
    ({ body }, reply) => {
      if (entries.find(body.sysname) !== undefined) throw requestError('SYSNAME_TAKEN', `${body.sysname} is taken.`);
      if (entries.list().length >= INSPECTOR_ENTRIES_LIMIT) throw requestError('OVERLOADED', 'The list is full.');
      reply.code(201);
      return put(body);
    },
  );

  app.put(
    '/api/inspectors/:sysname',
    {
      config,
      schema: {
        tags,
        summary: 'Change what is written down',
        params: SysnameParams,
        body: InspectorEntrySchema,
        response: one,
      },
    },
    ({ params, body }) => {
      if (body.sysname !== params.sysname) {
        throw requestError('VALIDATION_FAILED', 'The name cannot be changed.', {
          violations: [{ path: '/sysname', message: `must be ${params.sysname}, as in the path` }],
        });
      }
      shown(params.sysname);
      return put(body);
    },
  );

  app.delete(
    '/api/inspectors/:sysname',
    { config, schema: { tags, summary: 'Forget an Inspector', params: SysnameParams, response: one } },
    ({ params }) => {
      const forgotten = shown(params.sysname);
      entries.remove(params.sysname);
      registry.unregister('inspector', params.sysname);
      return forgotten;
    },
  );
}
