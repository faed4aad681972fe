import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditRecord } from '@inspector/contract';
import { incidentsOf } from './incident-list.ts';

const record = (seq: number, code: string, incidentId: string, ts = seq): AuditRecord => ({
  seq,
  ts,
  kind: 'KILL_SWITCH',
  code,
  severity: 'critical',
  traceId: 't',
  actor: 'ann',
  message: '',
  data: { incidentId, scope: 'global', reason: `why ${incidentId}`, actor: 'ann' },
  epoch: 1,
});

test('incidents are gathered from their records, in any order and doubled', () => {
  const records = [
    record(9, 'REARMED', 'a', 9000),
    record(5, 'VERIFIED_FLAT', 'a', 1400),
    record(4, 'STUCK', 'a', 1200),
    record(1, 'TRIGGERED', 'a', 1000),
    record(5, 'VERIFIED_FLAT', 'a', 1400),
    record(12, 'TRIGGERED', 'b', 20_000),
  ];
  const [newest, oldest] = incidentsOf(records);
  assert.deepEqual([newest?.incidentId, newest?.phase, newest?.flatMs], ['b', 'TRIGGERED', null]);
  assert.deepEqual(oldest, {
    incidentId: 'a',
    scopes: ['global'],
    actor: 'ann',
    reason: 'why a',
    triggeredAt: 1000,
    phase: 'REARMED',
    flatMs: 400,
    wasStuck: true,
    rearmedAt: 9000,
  });
});
