import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

/** Peak 50,000, then 10 % under it: DRAWDOWN closes all and locks until re-armed. */
function drawnDown() {
  const options = { riskManagement: { maxDrawdownPercent: 10 }, protection: { confirmMs: 0 } };
  const bench = openBench({ options }).book('ETHUSDT', 1999.99).mark('ETHUSDT', 2000);
  bench.open({ quantity: 100 });
  return bench.book('ETHUSDT', 1950.01).mark('ETHUSDT', 1950);
}
const lock = { code: 'DRAWDOWN', scope: 'account:paper:futures' };

test('DRAWDOWN lasts over the day’s end until it is re-armed', () => {
  const bench = drawnDown();
  assert.equal(bench.kpi().currentEquityUsd, 45_000);
  bench.at(3 * 86_400_000).price('ETHUSDT', 1950);
  assert.equal(bench.open({ quantity: 1 }).code, 'DRAWDOWN');
});

test('re-armed with baseline reset the peak is the equity of now', () => {
  const bench = drawnDown().command('rearm', { ...lock, baseline: 'reset' }, 'ann');
  assert.deepEqual([bench.kpi().equityPeakUsd, bench.kpi().currentDrawdownPct], [45_000, 0]);
  const change = bench.last('GOVERNOR_CHANGED')!;
  assert.deepEqual([change.code, change.actor], ['ALLOW', 'ann']);
  assert.match(change.message, /a test/, 'the reason stands in the record');
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});

test('re-armed with baseline keep it trips again at the next reading', () => {
  const bench = drawnDown().options({ protection: { confirmMs: 1000 } });
  bench.command('rearm', { ...lock, baseline: 'keep' });
  assert.equal(bench.kpi().equityPeakUsd, 50_000);
  assert.equal(bench.of('LIMIT_BREACHED').length, 1);
  assert.equal(bench.open({ quantity: 1 }).code, 'DRAWDOWN', 'the rule itself still sees the drawdown');
  bench.at(1000).balance(bench.venue.wallet);
  assert.equal(bench.of('LIMIT_BREACHED').length, 2);
});

const refusals: [string, Record<string, unknown>, string][] = [
  ['without a reason', { ...lock, reason: '  ' }, 'REASON_REQUIRED'],
  ['of a lock that is not on', { code: 'DAILY_LOSS', scope: lock.scope }, 'LIMIT_NOT_LOCKED'],
  ['of another scope', { code: 'DRAWDOWN', scope: 'global' }, 'LIMIT_NOT_LOCKED'],
];
for (const [what, fields, code] of refusals) {
  test(`a re-arm ${what} is refused with ${code} and changes nothing`, () => {
    const bench = drawnDown().command('rearm', { ...fields, baseline: 'reset' });
    assert.equal(bench.last('DEAD_LETTER')?.code, code);
    assert.equal(bench.engine.locks.length, 1);
    assert.equal(bench.kpi().equityPeakUsd, 50_000);
  });
}

test('with requireSecondActor a second, other person is needed', () => {
  const bench = drawnDown().options({ general: { requireSecondActor: true } });
  for (const secondActor of [undefined, '', 'ann']) {
    bench.command('rearm', { ...lock, ...(secondActor === undefined ? {} : { secondActor }) }, 'ann');
    assert.equal(bench.last('DEAD_LETTER')?.code, 'SECOND_ACTOR_REQUIRED');
  }
  bench.command('rearm', { ...lock, baseline: 'reset', secondActor: 'bob' }, 'ann');
  assert.equal(bench.last('GOVERNOR_CHANGED')?.code, 'ALLOW');
});

test('a block without a lock is re-armed alike', () => {
  const options = {
    strategyLogic: { maxConsecutiveLosses: 1 },
    policies: { consecutiveLosses: { action: 'BLOCK', until: 'manual' } },
  };
  const bench = openBench({ options }).price('ETHUSDT', 2000);
  bench.open({ quantity: 1 });
  bench.price('ETHUSDT', 1990).exit('close');
  assert.equal(bench.open({ quantity: 1 }).code, 'CONSECUTIVE_LOSSES');
  bench.command('rearm', { code: 'CONSECUTIVE_LOSSES', scope: 'account:paper:futures' });
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});
