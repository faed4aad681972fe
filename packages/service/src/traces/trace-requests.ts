import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Service } from '../service.ts';
import { formatTraceParent, newSpanId, newTraceId, parseTraceParent, type TraceParent } from './trace-parent.ts';
import type { Traces } from './traces.ts';

/** Asked every few seconds by machines; their spans would bury the others. */
const UNTRACED = new Set(['/metrics', '/health', '/api/health', '/api/inspector/health']);

interface RequestSpan {
  own: TraceParent;
  parentSpanId: string | undefined;
  startMs: number;
}

/**
 * A span for each request, as part of the trace that the request names. What it hands on (a proxied request) names this
 * span in turn. Register it before the routes.
 */
export function traceRequests(app: Service, traces: Pick<Traces, 'add'>): void {
  const spans = new WeakMap<FastifyRequest, RequestSpan>();

  app.addHook('onRequest', (request, _reply, done) => {
    const span = begin(request);
    spans.set(request, span);
    request.headers.traceparent = formatTraceParent(span.own);
    done();
  });

  app.addHook('onResponse', (request, reply, done) => {
    // One that was refused before the hook above has begun when its answer's time says.
    const span = spans.get(request) ?? begin(request, Date.now() - reply.elapsedTime);
    if (span.own.isSampled && !UNTRACED.has(request.routeOptions.url ?? '')) traces.add(finished(span, request, reply));
    done();
  });
}

function begin(request: FastifyRequest, startMs = Date.now()): RequestSpan {
  const parent = parseTraceParent(request.headers.traceparent);
  const { traceId = newTraceId(), isSampled = true } = parent ?? {};
  return { own: { traceId, spanId: newSpanId(), isSampled }, parentSpanId: parent?.spanId, startMs };
}

function finished({ own, parentSpanId, startMs }: RequestSpan, request: FastifyRequest, reply: FastifyReply) {
  const { url: route } = request.routeOptions;
  return {
    traceId: own.traceId,
    spanId: own.spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    kind: 'server' as const,
    name: route === undefined ? request.method : `${request.method} ${route}`,
    startMs,
    endMs: startMs + reply.elapsedTime,
    // Without the query: it may hold what somebody searched for.
    attributes: {
      'http.request.method': request.method,
      ...(route === undefined ? {} : { 'http.route': route }),
      'url.path': request.url.split('?', 1)[0] ?? '/',
      'http.response.status_code': reply.statusCode,
      'inspector.request_id': request.id,
    },
    isError: reply.statusCode >= 500,
  };
}
