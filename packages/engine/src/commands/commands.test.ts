import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

const refusals: [string, string, Record<string, unknown>, string][] = [
  ['an unknown command', 'nonsense', {}, 'COMMAND_UNKNOWN'],
  ['a stand-down without a reason', 'standdown', { enabled: true, reason: '' }, 'REASON_REQUIRED'],
  ['a stand-down of no scope', 'standdown', { enabled: true, scope: 'everything' }, 'SCOPE_INVALID'],
  ['a stand-down whose scope is no text', 'standdown', { enabled: true, scope: 5 }, 'SCOPE_INVALID'],
  ['the end of a stand-down that is not on', 'standdown', { enabled: false }, 'LIMIT_NOT_LOCKED'],
  ['a kill without confirm', 'kill-switch/trigger', { scope: 'global' }, 'CONFIRM_REQUIRED'],
  ['a kill of no scope', 'kill-switch/trigger', { confirm: true }, 'SCOPE_INVALID'],
  ['a re-arming of no incident', 'kill-switch/rearm', { incidentId: 'latest' }, 'INCIDENT_UNKNOWN'],
  ['the adoption of no position', 'adopt', { positionId: 'none' }, 'POSITION_UNKNOWN'],
  ['the close of no position', 'close', { positionId: { symbol: 5 } }, 'POSITION_UNKNOWN'],
  ['the protection of no position', 'protection', { positionId: null, stopLoss: 1 }, 'POSITION_UNKNOWN'],
  ['a lease without a time', 'lease', { detectorSysname: 'det' }, 'VALIDATION_FAILED'],
  ['the release of no lease', 'lease/release', { detectorSysname: 'det' }, 'LEASE_UNKNOWN'],
];
for (const [what, command, fields, code] of refusals) {
  test(`${what} is refused with ${code}: recorded, and nothing else happens`, () => {
    const bench = openBench().price('ETHUSDT', 2000);
    const from = bench.records.length;
    bench.command(command, fields, 'ann');
    assert.deepEqual(bench.story(from), [`DEAD_LETTER ${code}`]);
    assert.equal(bench.last('DEAD_LETTER')?.actor, 'ann');
  });
}

test('a caller that waits is answered instead', () => {
  const bench = openBench();
  const fields = { enabled: true, reason: 'a test' };
  bench.feed({ kind: 'command', now: bench.now, command: 'standdown', actor: 'ann', fields, replyTo: 1 });
  bench.feed({
    kind: 'command',
    now: bench.now,
    command: 'adopt',
    actor: 'ann',
    fields: { positionId: 'x' },
    replyTo: 2,
  });
  const [done, refused] = bench.replies;
  assert.ok(done?.ok && done.status === 200);
  assert.ok(refused && !refused.ok && refused.status === 404 && refused.code === 'POSITION_UNKNOWN');
  assert.deepEqual(bench.of('DEAD_LETTER'), []);
});

test('an operator’s close carries OPERATOR', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  bench.open({ quantity: 1 });
  bench.command('close', { positionId: { connectorType: 'paper', marketType: 'futures', symbol: 'ETHUSDT' } }, 'ann');
  assert.equal(bench.last('POSITION_CLOSED')?.code, 'OPERATOR');
  assert.equal(bench.last('CLOSE_REQUESTED')?.actor, 'ann');
});

test('an adopted position is a runtime position', () => {
  const legacy = [{ symbol: 'ETHUSDT', side: 'LONG' as const, quantity: 1, entryPrice: 2000 }];
  const bench = openBench({ positions: legacy, options: { riskManagement: { stopLossPercent: 1 } } }).price(
    'ETHUSDT',
    2000,
  );
  assert.equal(bench.last('POSITION_OPENED')?.code, 'LEGACY');
  const { positionId } = bench.last('POSITION_OPENED')!;
  bench.command('adopt', { positionId });
  assert.equal(bench.last('POSITION_UPDATED')?.code, 'RUNTIME');
  assert.equal(bench.last('PROTECTION_PLACED', 'STOP')?.data.price, 1980);
  bench.command('adopt', { positionId });
  assert.equal(bench.last('DEAD_LETTER')?.code, 'POSITION_NOT_LEGACY');
});
