import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { isLoopbackHost, ProblemSchema } from '@inspector/contract';
import Fastify, { type FastifyError, type FastifyReply, type FastifyRequest, type RouteOptions } from 'fastify';
import { Type } from 'typebox';
import {
  BODY_LIMIT_BYTES,
  CLOSE_GRACE_MS,
  KEEP_ALIVE_TIMEOUT_MS,
  PATH_PARAMETER_LIMIT,
  REQUEST_TIMEOUT_MS,
  REQUEST_WINDOW_MS,
  REQUESTS_PER_WINDOW,
} from './bounds.ts';
import { ANONYMOUS_CALLER, type Caller, callerOf } from './caller.ts';
import { createKnownPaths } from './known-paths.ts';
import { describeWithOpenApi } from './openapi.ts';
import { PROBLEM_TYPE, problemBody, sendProblem, type Trouble, troubleOf, troubleWith } from './problem.ts';
import { createRefusals } from './refusals.ts';
import { isRequestError, requestError } from './request-error.ts';
import { type RouteRole, roleCovers } from './role.ts';
import { DATA_HEADERS } from './secure-pages.ts';
import { servedHosts } from './served-hosts.ts';
import type { Service } from './service.ts';
import { serviceError } from './service-error.ts';
import type { Token } from './token.ts';
import { validatorCompiler } from './validation.ts';

/** Where a service tells of its own faults; pino fits. Nothing about a request's content is ever given to it. */
export interface ServiceLog {
  error(fields: Record<string, unknown>, message: string): void;
}

export interface ServiceConfig {
  /** Title, description and version of the OpenAPI document. */
  title: string;
  description: string;
  version: string;
  /** Where it will listen. Beyond loopback at least one token is needed. */
  host: string;
  /** Without a token the service is open to the machine, on loopback only. */
  tokens: readonly Token[];
  allowedHosts?: readonly string[];
  allowedOrigins?: readonly string[];
  bodyLimitBytes?: number;
  /** Requests per 10 s and address of another machine. Loopback is not limited: its floods are bounded further in. */
  requestsPerWindow?: number;
  log?: ServiceLog;
}

const EmptyQuery = Type.Object({}, { additionalProperties: false });

const DATA_PREFIX = '/api';

/**
 * Builds an HTTP service without listening: `app.inject` answers as a socket would. Register routes on what it returns.
 * Throws `TOKEN_REQUIRED` when it would be reachable from other machines without a token.
 */
export async function buildService(config: ServiceConfig): Promise<Service> {
  const { host, tokens, allowedHosts = [], allowedOrigins = [] } = config;
  if (tokens.length === 0 && !isLoopbackHost(host)) {
    throw serviceError(
      'TOKEN_REQUIRED',
      `Listening on ${host} lets other machines in. Set an API token, or listen on 127.0.0.1.`,
    );
  }
  const app = Fastify({
    logger: false,
    bodyLimit: config.bodyLimitBytes ?? BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    routerOptions: { maxParamLength: PATH_PARAMETER_LIMIT },
    genReqId: requestIds(),
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) => {
      sendProblem(request, reply, troubleOf(error));
    },
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.setValidatorCompiler(validatorCompiler);
  // Schemas of answers are documentation; a serializer made from them would silently drop or convert fields.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));

  refuseStrangers(app, config, servedHosts({ host, allowedHosts, allowedOrigins }));
  answerProblems(app, config.log);
  closeInTime(app);
  if (allowedOrigins.length > 0) await app.register(cors, { origin: [...allowedOrigins], credentials: true });
  await app.register(rateLimit, {
    global: false,
    max: config.requestsPerWindow ?? REQUESTS_PER_WINDOW,
    timeWindow: REQUEST_WINDOW_MS,
  });
  limitOtherMachines(app);
  await describeWithOpenApi(app, config);
  return app;
}

/** Ids are unique across instances and cost no randomness per request. A caller's own id is kept when it is harmless. */
function requestIds(): (raw: { headers: Record<string, string | string[] | undefined> }) => string {
  const prefix = randomBytes(5).toString('hex');
  let count = 0;
  return ({ headers }) => {
    const given = headers['x-request-id'];
    if (typeof given === 'string' && /^[\w.:-]{1,64}$/.test(given)) return given;
    count += 1;
    return `${prefix}-${count.toString(36)}`;
  };
}

/** Host, origin and role, in this order, before anything of the request is read. */
function refuseStrangers(app: Service, config: ServiceConfig, hosts: ReturnType<typeof servedHosts>): void {
  const refusals = createRefusals();
  app.decorateRequest<Caller | null>('caller', null);
  app.addHook('onRequest', (request, reply, done) => {
    if (request.url.startsWith(DATA_PREFIX)) reply.headers(DATA_HEADERS);
    request.caller = ANONYMOUS_CALLER;
    done(refusalOf(request));
  });

  function refusalOf(request: FastifyRequest): Error | undefined {
    const { host, origin } = request.headers;
    if (!hosts.hostServed(host)) {
      return requestError('HOST_REFUSED', 'This service does not answer under that name. Allow it, or use localhost.');
    }
    if (origin !== undefined && !hosts.originServed(origin, host)) {
      return requestError('ORIGIN_REFUSED', 'A page of another origin may not call this service.');
    }
    const needed = neededRole(request);
    if (needed === 'public' || (needed === 'viewer-or-local' && isLocal(request))) return undefined;
    return roleRefusal(request, needed);
  }

  function roleRefusal(request: FastifyRequest, needed: RouteRole): Error | undefined {
    const now = Date.now();
    const waitMs = isLoopbackAddress(request.ip) ? 0 : refusals.waitMs(request.ip, now);
    if (waitMs > 0) {
      return requestError('RATE_LIMITED', 'Too many requests without a right token from this address.', {
        headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) },
      });
    }
    const caller = callerOf(request, config.tokens);
    if (caller === undefined) {
      refusals.count(request.ip, now);
      return requestError('UNAUTHORIZED', 'Send a valid token: Authorization: Bearer <token>, or x-api-token.', {
        headers: { 'www-authenticate': 'Bearer' },
      });
    }
    if (!roleCovers(caller.role, needed)) {
      return requestError('FORBIDDEN', `This needs the role ${needed}; the token has ${caller.role}.`);
    }
    request.caller = caller;
    return undefined;
  }
}

/** Requests of this machine are not counted: their floods are bounded further in, and counting costs more than an answer. */
function limitOtherMachines(app: Service): void {
  const count = app.createRateLimit();
  app.addHook('onRequest', (request, _reply, done) => {
    if (isLoopbackAddress(request.ip)) return done();
    count(request).then((counted) => {
      if (counted.isAllowed || !counted.isExceeded) return done();
      const headers = { 'retry-after': String(counted.ttlInSeconds) };
      done(requestError('RATE_LIMITED', 'Too many requests from this address.', { headers }));
    }, done);
  });
}

/** What a route did not say is taken strictly. An unknown path outside the data routes is told 404 without a token. */
function neededRole(request: FastifyRequest): RouteRole {
  const { config, url } = request.routeOptions;
  if (config.role !== undefined) return config.role;
  if (url === undefined) return request.url.startsWith(DATA_PREFIX) ? 'viewer' : 'public';
  return request.method === 'GET' || request.method === 'HEAD' ? 'viewer' : 'admin';
}

function answerProblems(app: Service, log: ServiceLog | undefined): void {
  const paths = createKnownPaths();
  app.addHook('onRoute', (route) => {
    paths.add(route.url, route.method);
    completeSchema(route);
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const methods = paths.methodsOf(path);
    if (methods.length === 0) {
      return sendProblem(request, reply, troubleWith('NOT_FOUND'));
    }
    reply.header('allow', methods.join(', '));
    const detail = `${request.method} is not possible here; ${methods.join(', ')} is.`;
    return sendProblem(request, reply, troubleWith('METHOD_NOT_ALLOWED', detail));
  });
  app.setErrorHandler((error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const trouble = troubleOf(error);
    if (isRequestError(error) && error.headers !== undefined) reply.headers(error.headers);
    else if (trouble.status >= 500) {
      log?.error(
        { requestId: request.id, method: request.method, route: request.routeOptions.url, error },
        'request failed',
      );
    }
    return sendProblem(request, reply, trouble);
  });
}

/** Every data route refuses unknown query parameters and says in OpenAPI how it refuses. */
function completeSchema(route: RouteOptions): void {
  if (!route.url.startsWith(DATA_PREFIX) || route.config?.anyQuery === true) return;
  const { querystring = EmptyQuery, response, ...rest } = route.schema ?? {};
  const problem = { description: 'A problem.', content: { [PROBLEM_TYPE]: { schema: ProblemSchema } } };
  const description = [rest.description, roleSentence(route)].filter((part) => part !== undefined).join(' ');
  route.schema = {
    ...rest,
    description,
    querystring,
    response: { ...(response as object), '4xx': problem, '5xx': problem },
  };
}

function roleSentence({ config, method }: RouteOptions): string {
  const role = config?.role ?? (method === 'GET' ? 'viewer' : 'admin');
  return role === 'public' ? 'Open to everyone.' : `Needs the role \`${role}\`.`;
}

/** Close waits for requests that run, but not for ever, and not for connections that are merely kept open. */
function closeInTime(app: Service): void {
  let deadline: NodeJS.Timeout | undefined;
  app.addHook('preClose', (done) => {
    deadline = setTimeout(() => app.server.closeAllConnections(), CLOSE_GRACE_MS);
    done();
  });
  app.addHook('onClose', (_app, done) => {
    clearTimeout(deadline);
    done();
  });
}

/** Bytes that are no HTTP request never become one, so this answers on the socket itself. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const trouble = unreadable(error.code);
  const body = JSON.stringify(problemBody(trouble, 'none'));
  const head = `HTTP/1.1 ${trouble.status} ${STATUS_CODES[trouble.status]}\r\nContent-Type: ${PROBLEM_TYPE}\r\n`;
  socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
}

function unreadable(code: string | undefined): Trouble {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return { status: 431, code: 'HEADERS_TOO_LARGE', detail: 'The headers are larger than this service accepts.' };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, code: 'REQUEST_TIMEOUT', detail: 'The request came too slowly.' };
    default:
      return { status: 400, code: 'REQUEST_MALFORMED', detail: 'This is not an HTTP request.' };
  }
}

/** What a reverse proxy on this machine hands on comes from elsewhere, and says so. */
const isLocal = ({ ip, headers }: FastifyRequest): boolean =>
  isLoopbackAddress(ip) && headers['x-forwarded-for'] === undefined && headers.forwarded === undefined;

const isLoopbackAddress = (address: string): boolean =>
  address === '127.0.0.1' || address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
