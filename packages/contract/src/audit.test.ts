import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AuditRecord, AuditRecordSchema, auditDataSchemas, auditKinds, isRecordOf } from '@inspector/contract';
import { Check } from 'typebox/value';

const record: AuditRecord = {
  seq: 1,
  ts: 1_723_118_400_000,
  kind: 'DEAD_LETTER',
  code: 'PAYLOAD_INVALID',
  severity: 'warn',
  traceId: 't1',
  message: 'the payload does not fit',
  data: { reason: 'price is null' },
  epoch: 0,
};

test('a record counts from 1, is of a known kind and severity, and has data', () => {
  assert.ok(Check(AuditRecordSchema, record));
  const bad: Record<string, unknown>[] = [
    { seq: 0 },
    { seq: 1.5 },
    { kind: 'GOSSIP' },
    { severity: 'loud' },
    { data: null },
    { data: [] },
    { ts: Number.NaN },
    { traceId: undefined },
  ];
  for (const part of bad) assert.ok(!Check(AuditRecordSchema, { ...record, ...part }), JSON.stringify(part));
});

test('a record is narrowed by its kind', () => {
  const naked: AuditRecord = {
    ...record,
    kind: 'NAKED_EXPOSURE',
    data: { nakedQuantity: 4, nakedMs: 5000, attempt: 1 },
  };
  assert.equal(isRecordOf(naked, 'NAKED_EXPOSURE') ? naked.data.nakedQuantity : undefined, 4);
  assert.equal(isRecordOf(record, 'NAKED_EXPOSURE'), false);
});

test('every kind says what its data are', () => {
  assert.deepEqual(Object.keys(auditDataSchemas), auditKinds);
});

test('data of a naked exposure and of a close are judged', () => {
  const { NAKED_EXPOSURE, CLOSE_DEFERRED } = auditDataSchemas;
  assert.ok(Check(NAKED_EXPOSURE, { nakedQuantity: 4, nakedMs: 5000, attempt: 1 }));
  assert.ok(!Check(NAKED_EXPOSURE, { nakedQuantity: -1, nakedMs: 5000, attempt: 1 }));
  assert.ok(Check(CLOSE_DEFERRED, { quantity: 1, reason: 'the spread is 3 %', untilTs: 1 }));
  assert.ok(!Check(CLOSE_DEFERRED, { reason: 'the spread is 3 %' }));
});
