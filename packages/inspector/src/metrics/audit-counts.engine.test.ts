import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engineWithVenue } from '../traces/test-engine.ts';
import { createAuditCounts } from './audit-counts.ts';
import { inspectorMetrics } from './inspector-metrics.ts';
import { missing, quietParts } from './test-sources.ts';

test('a real engine, a real runner: what they did is what is shown', async () => {
  const { runner, records, openMarket, request, answer } = engineWithVenue();
  openMarket();
  request('r1', 0.01);
  answer(); // the entry, which fills
  answer(); // its stop and target
  request('r2', 100);
  const audit = createAuditCounts();
  for (const record of records) audit.apply(record);
  const metrics = inspectorMetrics({
    version: '1',
    parts: () => quietParts({ runner: runner.health(), picture: runner.picture() }),
    epoch: () => runner.epoch,
    busLatency: () => ({}),
    audit,
  });
  const lines = (await metrics.text()).split('\n');
  const account = '{account_key="paper:futures"}';
  assert.deepEqual(
    missing(lines, [
      'inspector_epoch 1',
      `inspector_audit_last_seq ${records.length}`,
      'inspector_decisions_total{decision="ALLOW",code="OK"} 1',
      'inspector_orders_total{purpose="ENTRY",outcome="SENT"} 1',
      'inspector_orders_total{purpose="ENTRY",outcome="FILLED"} 1',
      'inspector_orders_total{purpose="STOP",outcome="SENT"} 1',
      'inspector_orders_total{purpose="TARGET",outcome="SENT"} 1',
      'inspector_positions_opened_total{ownership="RUNTIME"} 1',
      'inspector_positions{ownership="runtime",protection="working"} 1',
      'inspector_positions_naked 0',
      `inspector_account_positions${account} 1`,
      `inspector_account_reconciled${account} 1`,
      `inspector_account_equity_known${account} 1`,
      'inspector_governor_action{action="ALLOW"} 1',
      'inspector_prices 1',
      'inspector_reconciliations_total{code="OK"} 1',
      'inspector_runner_phase{phase="running"} 1',
    ]),
    [],
  );
  const refused = lines.filter((line) => line.startsWith('inspector_decisions_total{decision="BLOCK"'));
  assert.equal(refused.length, 1, 'one too large is refused');
});
