import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTraceParent, newSpanId, newTraceId, parseTraceParent } from './trace-parent.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';

test('a lawful header names trace, parent and whether it is recorded', () => {
  assert.deepEqual(parseTraceParent(`00-${traceId}-${spanId}-01`), { traceId, spanId, isSampled: true });
  assert.deepEqual(parseTraceParent(`00-${traceId}-${spanId}-00`), { traceId, spanId, isSampled: false });
  assert.deepEqual(parseTraceParent(`cc-${traceId}-${spanId}-03-what-comes`), { traceId, spanId, isSampled: true });
});

test('anything else begins a new trace', () => {
  for (const header of [
    undefined,
    '',
    'x',
    [`00-${traceId}-${spanId}-01`, 'y'],
    `ff-${traceId}-${spanId}-01`,
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
    `00-${traceId}-${spanId}-01-more`,
    `00-${traceId}-${spanId}-1`,
  ]) {
    assert.equal(parseTraceParent(header), undefined, String(header));
  }
});

test('what is written is read again', () => {
  const parent = { traceId: newTraceId(), spanId: newSpanId(), isSampled: true };
  assert.deepEqual(parseTraceParent(formatTraceParent(parent)), parent);
  assert.equal(parseTraceParent(formatTraceParent({ ...parent, isSampled: false }))?.isSampled, false);
});
