import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AuditRecord } from '@inspector/contract';
import type { FinishedSpan } from '@inspector/service';
import { auditRecord } from '../views/test-records.ts';
import { createAuditSpans } from './audit-spans.ts';

const traceId = 'a'.repeat(32);

function spansOf(records: Partial<AuditRecord>[]): FinishedSpan[] {
  const spans: FinishedSpan[] = [];
  const fold = createAuditSpans((span) => spans.push(span));
  for (const [index, record] of records.entries()) fold.apply(auditRecord(index + 1, { traceId, ...record }));
  return spans;
}

const decided: Partial<AuditRecord> = {
  kind: 'REQUEST_DECIDED',
  code: 'OK',
  requestId: 'r1',
  data: { decision: 'ALLOW' },
};
const order = (
  kind: 'ORDER_INTENT' | 'ORDER_SENT' | 'ORDER_RESULT' | 'ORDER_UNKNOWN',
  code: string,
  orderId = 'o1',
) => ({
  kind,
  code,
  orderId,
});

/** Names with those of their parents. */
const tree = (spans: readonly FinishedSpan[]): string[] =>
  spans.map(({ name, parentSpanId }) => {
    const parent = spans.find(({ spanId }) => spanId === parentSpanId);
    return `${name} < ${parentSpanId === undefined ? '-' : (parent?.name ?? 'lost')}`;
  });

test('the decision is the root, an order lasts from intent to the first word, the rest is below', () => {
  const spans = spansOf([
    decided,
    order('ORDER_INTENT', 'ENTRY'),
    order('ORDER_SENT', 'NEW'),
    order('ORDER_RESULT', 'NEW'),
    order('ORDER_RESULT', 'FILLED'),
    { kind: 'POSITION_OPENED', code: 'RUNTIME', positionId: 'p1' },
    order('ORDER_INTENT', 'STOP', 'o2'),
    order('ORDER_RESULT', 'REJECTED', 'o2'),
    { kind: 'PROTECTION_FAILED', code: 'STOP', positionId: 'p1', orderId: 'o2' },
    { kind: 'POSITION_CLOSED', code: 'NAKED_EXPOSURE', positionId: 'p1', severity: 'critical' },
  ]);
  assert.deepEqual(tree(spans), [
    'REQUEST_DECIDED OK < -',
    'ORDER ENTRY < REQUEST_DECIDED OK',
    'ORDER_RESULT FILLED < ORDER ENTRY',
    'POSITION_OPENED RUNTIME < REQUEST_DECIDED OK',
    'ORDER STOP < REQUEST_DECIDED OK',
    'PROTECTION_FAILED STOP < ORDER STOP',
    'POSITION_CLOSED NAKED_EXPOSURE < REQUEST_DECIDED OK',
  ]);
  assert.ok(spans.every((span) => span.traceId === traceId));
  assert.equal(new Set(spans.map(({ spanId }) => spanId)).size, spans.length);
  const [root, entry, , , stop] = spans;
  assert.deepEqual([root?.startMs, root?.endMs], [1_000, 1_000]);
  assert.deepEqual([entry?.startMs, entry?.endMs], [2_000, 4_000]);
  assert.deepEqual(
    entry?.events?.map(({ name, ms }) => `${name} ${ms}`),
    ['ORDER_INTENT 2000', 'ORDER_SENT 3000', 'ORDER_RESULT NEW 4000'],
  );
  assert.equal(entry?.attributes['inspector.status'], 'NEW');
  assert.equal(entry?.attributes['inspector.order_id'], 'o1');
  assert.deepEqual(
    spans.filter(({ isError }) => isError).map(({ name }) => name),
    ['ORDER STOP', 'PROTECTION_FAILED STOP', 'POSITION_CLOSED NAKED_EXPOSURE'],
  );
  assert.equal(stop?.attributes['inspector.status'], 'REJECTED');
});

describe('what makes no span, or another one', () => {
  test('a refused request is one span and no error', () => {
    const spans = spansOf([{ ...decided, code: 'LEVERAGE', severity: 'warn' }]);
    assert.deepEqual(tree(spans), ['REQUEST_DECIDED LEVERAGE < -']);
    assert.equal(spans[0]?.isError, false);
  });

  test('traces that no request began make none', () => {
    assert.deepEqual(
      spansOf([
        { kind: 'DATA_STALE', code: 'DATA_STALE' },
        order('ORDER_INTENT', 'CLOSE'),
        order('ORDER_RESULT', 'FILLED'),
      ]),
      [],
    );
  });

  test('an order in doubt ends as an error, and what became of it is told below', () => {
    const spans = spansOf([
      decided,
      order('ORDER_INTENT', 'ENTRY'),
      order('ORDER_UNKNOWN', 'UNKNOWN'),
      order('ORDER_RESULT', 'FILLED'),
    ]);
    assert.deepEqual(tree(spans).slice(1), ['ORDER ENTRY < REQUEST_DECIDED OK', 'ORDER_RESULT FILLED < ORDER ENTRY']);
    assert.equal(spans[1]?.isError, true);
  });

  test('the same request decided again is below its first decision', () => {
    const spans = spansOf([decided, { ...decided, code: 'REQUEST_DUPLICATE' }]);
    assert.deepEqual(tree(spans)[1], 'REQUEST_DECIDED REQUEST_DUPLICATE < REQUEST_DECIDED OK');
  });

  test('an order of another trace is no parent', () => {
    const other = 'b'.repeat(32);
    const spans = spansOf([
      decided,
      order('ORDER_INTENT', 'ENTRY'),
      order('ORDER_RESULT', 'NEW'),
      { ...decided, traceId: other },
      { ...order('ORDER_RESULT', 'FILLED'), traceId: other },
    ]);
    const root = spans.find((span) => span.traceId === other);
    assert.equal(spans.at(-1)?.parentSpanId, root?.spanId);
  });
});

test('ids are the same at every telling', () => {
  const records = [decided, order('ORDER_INTENT', 'ENTRY'), order('ORDER_RESULT', 'NEW')];
  assert.deepEqual(spansOf(records), spansOf(records));
  for (const { spanId } of spansOf(records)) assert.match(spanId, /^(?!0{16})[0-9a-f]{16}$/);
});
