import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditViolations } from '@inspector/contract';

const record = {
  seq: 1,
  ts: 1_723_118_400_000,
  kind: 'NAKED_EXPOSURE',
  code: 'RETRY',
  severity: 'warn',
  traceId: 't1',
  message: 'no stop works',
  data: { nakedQuantity: 4, nakedMs: 5000, attempt: 1 },
  epoch: 0,
};

test('a record that fits its kind has no violation', () => assert.deepEqual(auditViolations(record), []));

test('a record is judged as a whole, then by the data of its kind', () => {
  assert.deepEqual(
    auditViolations({ ...record, seq: 0 }).map(({ path }) => path),
    ['/seq'],
  );
  assert.deepEqual(
    auditViolations({ ...record, data: { ...record.data, attempt: 0.5 } }).map(({ path }) => path),
    ['/data/attempt'],
  );
  assert.notDeepEqual(auditViolations(null), []);
});
