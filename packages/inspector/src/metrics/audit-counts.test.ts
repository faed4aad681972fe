import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditRecord } from '../views/test-records.ts';
import { createAuditCounts } from './audit-counts.ts';
import { linesOf, missing, samplesOf } from './test-sources.ts';

test('decisions count by verdict and code, checks apart', async () => {
  const decided = (code: string, data: Record<string, unknown>) => ({ kind: 'REQUEST_DECIDED' as const, code, data });
  const lines = await linesOf({
    records: [
      decided('OK', { decision: 'ALLOW' }),
      decided('OK', { decision: 'ALLOW', exit: true }),
      decided('LEVERAGE', { decision: 'BLOCK' }),
      decided('ORDER_RATE', { decision: 'THROTTLE' }),
      decided('LEVERAGE', { decision: 'BLOCK', check: true }),
    ],
  });
  assert.deepEqual(samplesOf(lines, 'inspector_decisions_total').toSorted(), [
    '{decision="ALLOW",code="OK"} 2',
    '{decision="BLOCK",code="LEVERAGE"} 1',
    '{decision="THROTTLE",code="ORDER_RATE"} 1',
  ]);
  assert.deepEqual(samplesOf(lines, 'inspector_checks_total'), ['{decision="BLOCK"} 1']);
});

test('an order counts when it is sent and when it ends, not in between', async () => {
  const order = (kind: 'ORDER_INTENT' | 'ORDER_SENT' | 'ORDER_RESULT' | 'ORDER_UNKNOWN', code: string) => ({
    kind,
    code,
    data: { purpose: 'ENTRY' },
  });
  const lines = await linesOf({
    records: [
      order('ORDER_INTENT', 'ENTRY'),
      order('ORDER_SENT', 'NEW'),
      order('ORDER_UNKNOWN', 'UNKNOWN'),
      order('ORDER_RESULT', 'NEW'),
      order('ORDER_RESULT', 'PARTIALLY_FILLED'),
      order('ORDER_RESULT', 'FILLED'),
    ],
  });
  assert.deepEqual(samplesOf(lines, 'inspector_orders_total').toSorted(), [
    '{purpose="ENTRY",outcome="FILLED"} 1',
    '{purpose="ENTRY",outcome="SENT"} 1',
    '{purpose="ENTRY",outcome="UNKNOWN"} 1',
  ]);
});

test('what else the records tell', async () => {
  const lines = await linesOf({
    records: [
      { kind: 'LIMIT_BREACHED', code: 'DAILY_LOSS', data: { action: 'STAND_DOWN' } },
      { kind: 'POSITION_OPENED', code: 'RUNTIME' },
      { kind: 'POSITION_CLOSED', code: 'STOP_LOSS' },
      { kind: 'PROTECTION_FAILED', code: 'STOP' },
      { kind: 'NAKED_EXPOSURE', code: 'RETRY', data: { nakedMs: 5_000 } },
      { kind: 'NAKED_EXPOSURE', code: 'CLOSE', data: { nakedMs: 8_500 } },
      { kind: 'NAKED_EXPOSURE', code: 'RETRY', data: { nakedMs: 6_000 } },
      { kind: 'KILL_SWITCH', code: 'TRIGGERED' },
      { kind: 'KILL_SWITCH', code: 'VERIFIED_FLAT' },
      { kind: 'DEAD_LETTER', code: 'PAYLOAD_INVALID' },
      { kind: 'ALERT_SENT', code: 'NAKED_EXPOSURE', severity: 'critical' },
      { kind: 'RECONCILED', code: 'DIFFERENCE' },
    ],
  });
  assert.deepEqual(
    missing(lines, [
      'inspector_limit_breaches_total{code="DAILY_LOSS",action="STAND_DOWN"} 1',
      'inspector_positions_opened_total{ownership="RUNTIME"} 1',
      'inspector_positions_closed_total{code="STOP_LOSS"} 1',
      'inspector_protection_failures_total{code="STOP"} 1',
      'inspector_naked_exposure_steps_total{step="RETRY"} 2',
      'inspector_naked_exposure_steps_total{step="CLOSE"} 1',
      'inspector_naked_longest_seconds 8.5',
      'inspector_kill_switch_triggers_total 1',
      'inspector_dead_letters_total{code="PAYLOAD_INVALID"} 1',
      'inspector_alerts_total{severity="critical"} 1',
      'inspector_reconciliations_total{code="DIFFERENCE"} 1',
      'inspector_audit_records_total{kind="NAKED_EXPOSURE"} 3',
      'inspector_audit_records_total{kind="KILL_SWITCH"} 2',
    ]),
    [],
  );
});

test('codes that nobody has foreseen do not grow without a bound', () => {
  const counts = createAuditCounts();
  const records = Array.from({ length: 1_000 }, (_, index) =>
    auditRecord(index + 1, { kind: 'POSITION_CLOSED', code: `C${index}` }),
  );
  for (const record of records) counts.apply(record);
  const closed = counts.closed();
  assert.equal(closed.length, 201);
  assert.deepEqual(closed.at(-1), [['other'], 800]);
});
