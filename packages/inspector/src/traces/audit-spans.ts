import type { AuditRecord } from '@inspector/contract';
import type { FinishedSpan } from '@inspector/service';
import type { AuditFold } from '../views/audit-fold.ts';
import { createFollowed } from '../views/followed.ts';
import { spanIdOf } from './span-ids.ts';

/** Requests followed at once; past it the records of the one that was quiet longest make no more spans. */
const REQUESTS_LIMIT = 10_000;
/** Orders followed at once, likewise. */
const ORDERS_LIMIT = 20_000;
/** Events of one order's span before the venue's first word: it is sent once, or a few times. */
const EVENTS_LIMIT = 16;

interface PlacedOrder {
  traceId: string;
  spanId: string;
  /** Undefined once the venue's first word ended the span. */
  open:
    | { startMs: number; name: string; attributes: FinishedSpan['attributes']; events: { name: string; ms: number }[] }
    | undefined;
}

/**
 * The life of a request as spans, from the records that share its `traceId`, which is the trace's id at the collector too:
 *
 * - the decision is the root;
 * - an order is a span from its intent to the venue's first word, and what the venue says later is below it;
 * - everything else (position, protection, close) is a span without a length below the root.
 *
 * Traces that no request began (the market, timers, commands) make none.
 */
export interface AuditSpans extends AuditFold {
  /** Throws nothing, whatever a record holds. */
  apply(record: AuditRecord): void;
}

export function createAuditSpans(emit: (span: FinishedSpan) => void): AuditSpans {
  const roots = createFollowed<string>(REQUESTS_LIMIT);
  const orders = createFollowed<PlacedOrder>(ORDERS_LIMIT);

  function instant(
    record: AuditRecord,
    parentSpanId: string | undefined,
    spanId = spanIdOf(record.traceId, String(record.seq)),
  ): void {
    emit({
      traceId: record.traceId,
      spanId,
      ...(parentSpanId === undefined ? {} : { parentSpanId }),
      kind: 'internal',
      name: `${record.kind} ${record.code}`,
      startMs: record.ts,
      endMs: record.ts,
      attributes: attributesOf(record),
      isError: isTrouble(record),
    });
  }

  function begin(record: AuditRecord, orderId: string): void {
    const name = `ORDER ${record.code}`;
    const events = [{ name: record.kind, ms: record.ts }];
    const open = { startMs: record.ts, name, attributes: attributesOf(record), events };
    const { traceId } = record;
    orders.set(orderId, { traceId, spanId: spanIdOf(traceId, 'order', orderId), open });
  }

  function finish(record: AuditRecord, order: PlacedOrder, parentSpanId: string): void {
    const { open, spanId } = order;
    if (open === undefined) return;
    open.events.push({ name: `${record.kind} ${record.code}`, ms: record.ts });
    const { startMs, name, events, attributes } = open;
    order.open = undefined;
    const answered = { ...attributes, 'inspector.status': record.code, 'inspector.last_seq': record.seq };
    const { traceId, ts: endMs } = record;
    emit({
      traceId,
      spanId,
      parentSpanId,
      kind: 'internal',
      name,
      startMs,
      endMs,
      attributes: answered,
      events,
      isError: isTrouble(record),
    });
  }

  function follow(record: AuditRecord, root: string): void {
    const { kind, orderId } = record;
    if (kind === 'ORDER_INTENT' && orderId !== undefined) {
      begin(record, orderId);
      return;
    }
    const known = orderId === undefined ? undefined : orders.get(orderId);
    const order = known?.traceId === record.traceId ? known : undefined;
    if (order?.open === undefined || !kind.startsWith('ORDER_')) instant(record, order?.spanId ?? root);
    else if (kind !== 'ORDER_SENT') finish(record, order, root);
    else if (order.open.events.length < EVENTS_LIMIT) order.open.events.push({ name: kind, ms: record.ts });
  }

  return {
    apply(record) {
      const { traceId, kind } = record;
      const root = roots.get(traceId);
      if (root !== undefined) {
        roots.touch(traceId, root);
        follow(record, root);
      } else if (kind === 'REQUEST_DECIDED') {
        const spanId = spanIdOf(traceId, 'request');
        roots.set(traceId, spanId);
        instant(record, undefined, spanId);
      }
    },
  };
}

/** A refused request is none: refusing is what rules are for. */
function isTrouble({ kind, code, severity }: AuditRecord): boolean {
  if (kind === 'ORDER_RESULT') return code === 'REJECTED';
  return kind === 'ORDER_UNKNOWN' || kind === 'PROTECTION_FAILED' || severity === 'critical';
}

function attributesOf(record: AuditRecord): FinishedSpan['attributes'] {
  const { seq, kind, code, severity, epoch, message } = record;
  return {
    'inspector.seq': seq,
    'inspector.kind': kind,
    'inspector.code': code,
    'inspector.severity': severity,
    'inspector.epoch': epoch,
    'inspector.message': message,
    ...(record.accountKey === undefined ? {} : { 'inspector.account_key': record.accountKey }),
    ...(record.symbol === undefined ? {} : { 'inspector.symbol': record.symbol }),
    ...(record.requestId === undefined ? {} : { 'inspector.request_id': record.requestId }),
    ...(record.orderId === undefined ? {} : { 'inspector.order_id': record.orderId }),
    ...(record.positionId === undefined ? {} : { 'inspector.position_id': record.positionId }),
    ...(record.detectorSysname === undefined ? {} : { 'inspector.detector': record.detectorSysname }),
  };
}
