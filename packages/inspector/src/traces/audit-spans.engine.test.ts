import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FinishedSpan } from '@inspector/service';
import { createAuditSpans } from './audit-spans.ts';
import { engineWithVenue } from './test-engine.ts';

test('the life of a request in a real engine is one trace whose parents all hold', () => {
  const { records, openMarket, request, answer } = engineWithVenue();
  openMarket();
  request('r1', 0.01);
  answer(); // the entry, which fills
  answer(); // its stop and target

  const spans: FinishedSpan[] = [];
  const fold = createAuditSpans((span) => spans.push(span));
  for (const record of records) fold.apply(record);

  const decided = records.find((record) => record.kind === 'REQUEST_DECIDED');
  assert.equal(decided?.code, 'OK', decided?.message);
  const ids = new Set(spans.map(({ spanId }) => spanId));
  assert.equal(ids.size, spans.length);
  for (const { name, traceId, parentSpanId } of spans) {
    assert.equal(traceId, decided.traceId, name);
    assert.ok(name.startsWith('REQUEST_DECIDED') ? parentSpanId === undefined : ids.has(parentSpanId ?? ''), name);
  }
  const names = spans.map(({ name }) => name);
  for (const name of [
    'REQUEST_DECIDED OK',
    'ORDER ENTRY',
    'ORDER_RESULT FILLED',
    'POSITION_OPENED RUNTIME',
    'ORDER STOP',
    'ORDER TARGET',
  ]) {
    assert.ok(names.includes(name), `${name} of ${names.join(', ')}`);
  }
  const entry = spans.find(({ name }) => name === 'ORDER ENTRY');
  assert.ok(entry !== undefined && entry.endMs > entry.startMs);
});
