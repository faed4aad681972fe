import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditRecord } from '@inspector/contract';
import { followAudit } from './audit-feed.ts';

function trail() {
  const records: AuditRecord[] = [];
  const add = (count: number) => {
    for (let each = 0; each < count; each += 1) records.push({ seq: records.length + 1 } as AuditRecord);
  };
  const source = {
    lastSeq: () => records.length,
    auditAfter: (afterSeq: number, limit: number) => records.slice(afterSeq, afterSeq + limit),
  };
  return { add, source };
}

test('every record after the first is read once, in order, up to the stop', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { add, source } = trail();
  const seen: number[] = [];
  add(10);
  const stop = followAudit(source, 4, {
    records: (records) => seen.push(...records.map(({ seq }) => seq)),
    passedOver: () => assert.fail('nothing is passed over'),
  });
  t.mock.timers.tick(250);
  assert.deepEqual(seen, [5, 6, 7, 8, 9, 10]);
  add(1_200);
  t.mock.timers.tick(750);
  assert.equal(seen.length, 1_206);
  add(1);
  stop();
  assert.equal(seen.at(-1), 1_211);
  add(1);
  t.mock.timers.tick(1_000);
  assert.equal(seen.at(-1), 1_211);
});

test('far behind, it jumps to the end and says how many were passed over', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { add, source } = trail();
  const passed: number[] = [];
  const seen: number[] = [];
  followAudit(source, 0, {
    records: (records) => seen.push(...records.map(({ seq }) => seq)),
    passedOver: (count) => passed.push(count),
  });
  add(5_001);
  t.mock.timers.tick(250);
  add(1);
  t.mock.timers.tick(250);
  assert.deepEqual([passed, seen], [[5_001], [5_002]]);
});
