import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench, START } from '#testing/bench.ts';

const cases: [string, Record<string, unknown>, Record<string, unknown>][] = [
  ['global', {}, {}],
  ['account:paper:futures', {}, { connectorType: 'other' }],
  ['symbol:paper:futures:ETHUSDT', {}, { symbol: 'SOLUSDT' }],
  ['side:paper:futures:SHORT', { side: 'SHORT' }, { symbol: 'SOLUSDT' }],
  ['side:paper:futures:ETHUSDT:SHORT', { side: 'SHORT' }, { symbol: 'SOLUSDT', side: 'SHORT' }],
  ['detector:det', {}, { detectorSysname: 'other' }],
];

for (const [scope, covered, uncovered] of cases) {
  test(`refuses with STAND_DOWN_ACTIVE when ${scope} is stood down and covers the request`, () => {
    const bench = openBench().price('ETHUSDT', 2000).price('SOLUSDT', 150);
    bench.command('standdown', { enabled: true, scope });
    assert.equal(bench.last('GOVERNOR_CHANGED')?.code, 'STAND_DOWN');
    const decision = bench.open({ quantity: 1, ...covered });
    assert.equal(decision.code, 'STAND_DOWN_ACTIVE');
    assert.equal(decision.data.violations[0]?.scope, scope);
    if (scope !== 'global') assert.notEqual(bench.open({ quantity: 1, ...uncovered }).code, 'STAND_DOWN_ACTIVE');
    bench.command('standdown', { enabled: false, scope });
    assert.equal(bench.open({ quantity: 1, ...covered }).code, 'OK');
  });
}

test('ends at its until, which is the time of the change', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  bench.command('standdown', { enabled: true, until: START + 3000 });
  bench.at(2999);
  assert.equal(bench.open({ quantity: 1 }).code, 'STAND_DOWN_ACTIVE');
  bench.at(3500);
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
  assert.equal(bench.last('GOVERNOR_CHANGED', 'ALLOW')?.ts, START + 3000);
});

test('a later stand-down never shortens one that is on', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  bench.command('standdown', { enabled: true, until: START + 5000 });
  bench.command('standdown', { enabled: true, until: START + 1000 });
  bench.at(1500).price('ETHUSDT', 2000);
  assert.equal(bench.open({ quantity: 1 }).code, 'STAND_DOWN_ACTIVE');
  bench.command('standdown', { enabled: true });
  bench.at(6000).price('ETHUSDT', 2000);
  assert.equal(bench.open({ quantity: 1 }).code, 'STAND_DOWN_ACTIVE', 'one without an end outlasts one with');
});

test('exits pass, and resting entries in its scope are cancelled', () => {
  const bench = openBench().price('ETHUSDT', 2000).price('SOLUSDT', 150);
  bench.open({ requestId: 'held', quantity: 1 });
  bench.open({ requestId: 'resting', quantity: 1, price: 1900 });
  bench.open({ requestId: 'elsewhere', symbol: 'SOLUSDT', quantity: 1, price: 140 });
  bench.command('standdown', { enabled: true, scope: 'symbol:paper:futures:ETHUSDT' });
  assert.equal(bench.last('ORDER_RESULT', 'CANCELED')?.requestId, 'resting');
  assert.equal(bench.of('ORDER_RESULT', 'CANCELED').length, 1);
  assert.equal(bench.exit('close').code, 'OK');
});
