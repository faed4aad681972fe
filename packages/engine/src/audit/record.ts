/** The only place that numbers and writes audit records, published events and alerts. */
import type { AuditKind, AuditRecord, EventType, Severity } from '@inspector/contract';
import type { Engine } from '#state/engine.ts';

export interface RecordContent {
  code: string;
  message: string;
  data: Record<string, unknown>;
  severity?: Severity;
  accountKey?: string | undefined;
  symbol?: string | undefined;
  positionId?: string | undefined;
  requestId?: string | null | undefined;
  orderId?: string | undefined;
  detectorSysname?: string | null | undefined;
  actor?: string | null | undefined;
  traceId?: string | undefined;
}

/** Appends a record with the next sequence at the engine's time and returns that sequence. */
export function record(engine: Engine, kind: AuditKind, content: RecordContent): number {
  const seq = ++engine.lastSeq;
  const entry: Record<string, unknown> = {
    seq,
    ts: engine.now,
    kind,
    code: content.code,
    severity: content.severity ?? 'info',
  };
  if (content.accountKey !== undefined) entry.accountKey = content.accountKey;
  if (content.symbol !== undefined) entry.symbol = content.symbol;
  if (content.positionId !== undefined) entry.positionId = content.positionId;
  if (content.requestId != null) entry.requestId = content.requestId;
  if (content.orderId !== undefined) entry.orderId = content.orderId;
  if (content.detectorSysname != null) entry.detectorSysname = content.detectorSysname;
  entry.traceId = content.traceId ?? engine.cause.traceId;
  if (engine.cause.causationId !== null) entry.causationId = engine.cause.causationId;
  if (content.actor != null) entry.actor = content.actor;
  entry.message = content.message;
  entry.data = content.data;
  entry.epoch = engine.epoch;
  engine.out.records.push(entry as unknown as AuditRecord);
  return seq;
}

/** Queues an `INSPECTOR_*` event that belongs to the newest record. */
export function publish(engine: Engine, type: EventType, payload: Record<string, unknown>): void {
  engine.out.events.push({ type, seq: engine.lastSeq, correlationId: engine.cause.correlationId, payload });
}

export interface AlertContent {
  code: string;
  severity: 'info' | 'warn' | 'critical';
  message: string;
  data: Record<string, unknown>;
  reminder?: boolean;
  accountKey?: string | undefined;
  symbol?: string | undefined;
  positionId?: string | undefined;
}

/** Tells a person: an alert for the notifiers, and its ALERT_SENT record. */
export function alert(engine: Engine, content: AlertContent): void {
  const reminder = content.reminder ?? false;
  const seq = record(engine, 'ALERT_SENT', {
    code: content.code,
    severity: content.severity,
    message: content.message,
    accountKey: content.accountKey,
    symbol: content.symbol,
    positionId: content.positionId,
    data: { ...content.data, reminder },
  });
  const { code, severity, message, data } = content;
  engine.out.alerts.push({ seq, code, severity, message, reminder, data });
}

/** At most one record of a kind per symbol in 30 s (semantics 10). */
const EDGE_QUIET_MS = 30_000;

/** True, and remembered, when the last edge of that kind and subject is at least 30 s ago. */
export function isNewEdge(engine: Engine, kind: string, subject: string): boolean {
  const key = `${kind} ${subject}`;
  const last = engine.lastEdges.get(key);
  if (last !== undefined && engine.now - last < EDGE_QUIET_MS) return false;
  engine.lastEdges.set(key, engine.now);
  return true;
}

/** For messages: at most 8 significant digits, no exponent for usual amounts. */
export function shown(value: number): string {
  const size = Math.abs(value);
  if (size >= SHORTEST_SCALED && size < 1e8) return String(scaled(value, size));
  return Number.isFinite(value) ? String(Number(value.toPrecision(8))) : 'unknown';
}

const SHORTEST_SCALED = 1e-4;

/** Rounded to 8 digits by arithmetic: `toPrecision` costs ten times as much, and refusals show many numbers. */
function scaled(value: number, size: number): number {
  let scale = 1e7;
  for (let power = 10; power <= size; power *= 10) scale /= 10;
  for (let bound = 1; size < bound; bound /= 10) scale *= 10;
  return Math.round(value * scale) / scale;
}

/** JSON has no NaN: unknown numbers are null. */
export function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
