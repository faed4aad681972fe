import { type HrTime, type SpanContext, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter } from '@opentelemetry/sdk-trace';
import { collectorAddress } from './collector-address.ts';
import type { FinishedSpan } from './finished-span.ts';
import type { Traces, TracesConfig } from './traces.ts';

/** Spans that wait or are under way; past it further ones are let go and counted. A few MB. */
export const SPANS_WAITING_LIMIT = 4096;
const SPANS_PER_EXPORT = 512;
const EXPORT_EVERY_MS = 1_000;
/** A collector that has not answered by then, retries included, has not taken the spans; a stop waits no longer either. */
const EXPORT_DEADLINE_MS = 2_000;
/** At a stop what waits is sent for so long; the rest is let go. */
const STOP_WITHIN_MS = 1_000;

type ExportResult = Parameters<Parameters<SpanExporter['export']>[1]>[0];

/** The enum that this is of is in a package that nothing else here needs. */
const SUCCESS: ExportResult = { code: 0 };

/** Sends spans over OTLP with HTTP, in batches and with retries, beside everything else. */
export function createOtlpTraces({ serviceName, version, url, log }: TracesConfig): Traces {
  const resource = resourceFromAttributes({ 'service.name': serviceName, 'service.version': version });
  const scope = { name: '@inspector/service', version };
  const exporter = new OTLPTraceExporter({ ...collectorAddress(url), timeoutMillis: EXPORT_DEADLINE_MS });
  let waiting = 0;
  let sent = 0;
  let dropped = 0;
  let isDown = false;
  let hasEnded = false;
  let stopping: Promise<void> | undefined;

  const counted: SpanExporter = {
    export(spans, done) {
      const settle = (error?: unknown) => {
        // After the end what was under way counts as let go already.
        if (!hasEnded) {
          waiting -= spans.length;
          if (error === undefined) taken(spans.length);
          else refused(spans.length, error);
        }
        // The processor is never told of a failure: it would pass it to a global handler.
        done(SUCCESS);
      };
      try {
        exporter.export(spans, ({ code, error }) => settle(code === SUCCESS.code ? undefined : (error ?? 'no reason')));
      } catch (error) {
        settle(error);
      }
    },
    shutdown: () => exporter.shutdown(),
  };
  const processor = new BatchSpanProcessor({
    exporter: counted,
    maxQueueSize: SPANS_WAITING_LIMIT,
    maxExportBatchSize: SPANS_PER_EXPORT,
    scheduledDelayMillis: EXPORT_EVERY_MS,
    // The exporter's own deadline comes first, retries included.
    exportTimeoutMillis: 2 * EXPORT_DEADLINE_MS,
  });

  function taken(count: number): void {
    sent += count;
    if (!isDown) return;
    isDown = false;
    log.info({ dropped }, 'the collector takes traces again');
  }

  function refused(count: number, error: unknown): void {
    dropped += count;
    if (isDown) return;
    isDown = true;
    log.warn({ error: String(error) }, 'the collector does not take traces; they are let go meanwhile');
  }

  async function stop(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, STOP_WITHIN_MS);
    try {
      await Promise.race([processor.shutdown(), late]);
    } catch (error) {
      log.warn({ error: String(error) }, 'traces did not end in good order');
    } finally {
      clearTimeout(timer);
      hasEnded = true;
      dropped += waiting;
      waiting = 0;
    }
  }

  return {
    add(span) {
      if (stopping !== undefined || waiting >= SPANS_WAITING_LIMIT) {
        dropped += 1;
        return;
      }
      waiting += 1;
      processor.onEnd(readableSpan(span, { resource, scope }));
    },
    letGo(count) {
      dropped += count;
    },
    counts: () => ({ sent, dropped }),
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

function readableSpan(
  span: FinishedSpan,
  { resource, scope }: { resource: ReadableSpan['resource']; scope: ReadableSpan['instrumentationScope'] },
): ReadableSpan {
  const context = (spanId: string): SpanContext => ({ traceId: span.traceId, spanId, traceFlags: TraceFlags.SAMPLED });
  const own = context(span.spanId);
  return {
    name: span.name,
    kind: span.kind === 'server' ? SpanKind.SERVER : SpanKind.INTERNAL,
    spanContext: () => own,
    ...(span.parentSpanId === undefined ? {} : { parentSpanContext: context(span.parentSpanId) }),
    startTime: highResolution(span.startMs),
    endTime: highResolution(span.endMs),
    duration: highResolution(Math.max(0, span.endMs - span.startMs)),
    status: { code: span.isError ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    attributes: { ...span.attributes },
    links: [],
    events: (span.events ?? []).map(({ name, ms }) => ({ name, time: highResolution(ms) })),
    ended: true,
    resource,
    instrumentationScope: scope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

/** Seconds and nanoseconds; a float of nanoseconds since 1970 would be off by hundreds of them. */
function highResolution(ms: number): HrTime {
  const seconds = Math.floor(ms / 1000);
  return [seconds, Math.round((ms - seconds * 1000) * 1e6)];
}
