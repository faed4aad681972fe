import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf, openBench } from '#testing/bench.ts';

const trigger = { confirm: true };

test('refuses with KILL_SWITCH_ACTIVE when a kill covers the scope and is not re-armed', () => {
  const bench = openBench().price('ETHUSDT', 2000).price('SOLUSDT', 150);
  bench.command('kill-switch/trigger', { ...trigger, scope: 'symbol:paper:futures:ETHUSDT' });
  assert.equal(bench.last('KILL_SWITCH')?.code, 'VERIFIED_FLAT');
  assert.equal(bench.open({ quantity: 1 }).code, 'KILL_SWITCH_ACTIVE');
  assert.equal(bench.open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'OK', 'another symbol is not covered');
  bench.command('kill-switch/rearm', { incidentId: 'latest' });
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});

test('comes before a stand-down', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  bench.command('standdown', { enabled: true });
  bench.command('kill-switch/trigger', { ...trigger, scope: 'global' });
  assert.deepEqual(codesOf(bench.open({ quantity: 1 })), ['KILL_SWITCH_ACTIVE', 'STAND_DOWN_ACTIVE']);
});
