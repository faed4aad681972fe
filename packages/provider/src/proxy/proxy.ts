import type { IncomingHttpHeaders } from 'node:http';
import httpProxy from '@fastify/http-proxy';
import type { AppKind } from '@inspector/contract';
import { type Caller, type RouteRole, requestError, type Service } from '@inspector/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppRegistry, RegisteredApp } from '#registry/app-registry.ts';

/** A target that is silent for this long gets 504. Longer than the longest lawful answer: a kill preview takes under 1 s. */
export const TARGET_TIMEOUT_MS = 10_000;

/** Connections to each target; more requests at once wait for one. */
const CONNECTIONS_PER_TARGET = 64;

/** Goes along with each proxied request; one that carries it already has gone round in a circle. */
const HOP_HEADER = 'x-inspector-hop';

const kinds: readonly { kind: AppKind; path: string }[] = [
  { kind: 'inspector', path: 'inspectors' },
  { kind: 'detector', path: 'detectors' },
  { kind: 'advisor', path: 'advisors' },
];

interface Access {
  role: RouteRole;
  methods: string[];
  /** Below `/api` of the target. */
  routes: string[];
  /** All of them when unset. */
  of?: AppKind;
}

/** What is asked of a caller here; the target asks for more where its own route does. */
const accesses: readonly Access[] = [
  { role: 'viewer', methods: ['GET', 'HEAD'], routes: ['/*'] },
  { role: 'trader', methods: ['POST', 'PUT', 'PATCH', 'DELETE'], routes: ['/*'] },
  // Asks with a body and changes nothing.
  { role: 'viewer', methods: ['POST'], routes: ['/inspector/kill-switch/preview'], of: 'inspector' },
];

/** What a client tells the Provider and a target must not hear: its token, its cookies, the page it comes from. */
const withheldHeaders = new Set([
  'authorization',
  'proxy-authorization',
  'x-api-token',
  'cookie',
  'origin',
  'referer',
  'x-acting-as',
  'x-acting-role',
]);

/** What a target must not set on an answer that has the Provider's origin. */
const ownedHeaders = new Set(['set-cookie', 'content-security-policy', 'x-content-type-options', 'clear-site-data']);

/** `OK`: the application answered, whatever it said. */
export type ProxyOutcome = 'OK' | 'PROXY_LOOP' | 'TARGET_UNKNOWN' | 'TARGET_INACTIVE' | 'TARGET_TIMEOUT';

export interface ProxyConfig {
  registry: AppRegistry;
  /** True for an application that is written down, whether it has signed on or not. */
  isKnown?(kind: AppKind, appKey: string): boolean;
  timeoutMs?: number;
  /** Hears what became of a request. Must not throw. */
  onOutcome?: (kind: AppKind, outcome: ProxyOutcome) => void;
}

/**
 * `/api/inspectors/:appKey/*` becomes `/api/*` of the registered Inspector; detectors and advisors likewise. The caller's
 * name and role go along as `x-acting-as` and `x-acting-role`, with the target's own token in place of the caller's.
 * 404 `TARGET_UNKNOWN`; 502 `TARGET_INACTIVE` without a heartbeat or connection; 504 `TARGET_TIMEOUT`.
 */
export async function registerProxy(app: Service, config: ProxyConfig): Promise<void> {
  const { timeoutMs = TARGET_TIMEOUT_MS, onOutcome } = config;
  const targets = new WeakMap<object, RegisteredApp>();
  const outcomes = new WeakMap<object, ProxyOutcome>();
  const targetOf = (request: object): RegisteredApp => {
    const target = targets.get(request);
    if (target === undefined) throw new Error('a request was proxied without a target');
    return target;
  };
  for (const { kind, path } of kinds) {
    for (const { role, methods, routes, of = kind } of accesses) {
      if (of !== kind) continue;
      await app.register(async (scope) => {
        scope.addHook('onRoute', (route) => {
          route.schema = { tags: ['proxy'], summary: `The registered ${kind}'s own /api/*` };
        });
        scope.addHook('onRequest', async (request) => {
          const target = targetFor(config, kind, request);
          outcomes.set(request, target.outcome);
          if (target.outcome !== 'OK') throw requestError(target.outcome, target.detail);
          targets.set(request, target.app);
        });
        scope.addHook('onResponse', async (request) => {
          // One that was refused for its token was never asked for a target.
          const outcome = outcomes.get(request);
          if (outcome !== undefined) onOutcome?.(kind, outcome);
        });
        await scope.register(httpProxy, {
          upstream: '',
          prefix: `/api/${path}/:appKey`,
          rewritePrefix: '/api',
          routes,
          httpMethods: methods,
          config: { role, anyQuery: true },
          http: {
            agentOptions: { keepAlive: true, maxSockets: CONNECTIONS_PER_TARGET },
            requestOptions: { timeout: timeoutMs },
          },
          destroyAgent: true,
          disableRequestLogging: true,
          replyOptions: {
            getUpstream: (request) => targetOf(request).url,
            rewriteRequestHeaders: (request, headers) =>
              requestHeaders(headers, (request as FastifyRequest).caller, targetOf(request).token),
            rewriteHeaders: (headers) => without(headers, ownedHeaders),
            // A 503 of the target is an answer, and nothing is ever sent twice.
            retryDelay: () => null,
            onError: (reply, { error }) => {
              const problem = targetProblem(reply.request as FastifyRequest, error);
              outcomes.set(reply.request, problem.outcome);
              (reply as FastifyReply).send(requestError(problem.outcome, problem.detail));
            },
          },
        });
      });
    }
  }
}

type Target = { outcome: 'OK'; app: RegisteredApp } | TargetProblem;

interface TargetProblem {
  outcome: Exclude<ProxyOutcome, 'OK'>;
  detail?: string;
}

function targetFor({ registry, isKnown }: ProxyConfig, kind: AppKind, request: FastifyRequest): Target {
  if (request.headers[HOP_HEADER] !== undefined) return { outcome: 'PROXY_LOOP' };
  const { appKey } = request.params as { appKey: string };
  const app = registry.find(kind, appKey);
  if (app === undefined && isKnown?.(kind, appKey) !== true) {
    return { outcome: 'TARGET_UNKNOWN', detail: `No ${kind} is registered as ${appKey}.` };
  }
  if (app === undefined || registry.stateOf(app) === 'inactive') {
    return { outcome: 'TARGET_INACTIVE', detail: `The ${kind} ${appKey} has sent no heartbeat for too long.` };
  }
  return { outcome: 'OK', app };
}

function requestHeaders(headers: IncomingHttpHeaders, caller: Caller, token: string | undefined): IncomingHttpHeaders {
  return {
    ...without(headers, withheldHeaders),
    [HOP_HEADER]: '1',
    'x-acting-as': caller.name,
    'x-acting-role': caller.role,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
}

const without = (headers: IncomingHttpHeaders, names: ReadonlySet<string>): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.has(name)));

/** A timeout says nothing about what the target did with the request; a refused connection does: nothing. */
function targetProblem(request: FastifyRequest, error: Error): TargetProblem {
  const { appKey } = request.params as { appKey: string };
  if ((error as { statusCode?: number }).statusCode === 504) {
    return { outcome: 'TARGET_TIMEOUT', detail: `${appKey} did not answer in time; what it did is not known.` };
  }
  return { outcome: 'TARGET_INACTIVE', detail: `${appKey} is registered but cannot be reached.` };
}
