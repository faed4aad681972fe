import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench, START } from '#testing/bench.ts';

type Bench = ReturnType<typeof openBench>;
function tradeBy(bench: Bench, change: number): void {
  bench.price('ETHUSDT', 2000);
  bench.open({ quantity: 1 });
  // Entry at the ask, exit at the bid: 0.02 of spread makes a trade at the same price a small loss.
  bench.price('ETHUSDT', 2000.02 + change);
  bench.exit('close');
}

const limit = (more: object = {}) => ({ strategyLogic: { maxConsecutiveLosses: 2 }, ...more });

test('refuses with CONSECUTIVE_LOSSES from the close that makes the streak reach the limit until the day ends', () => {
  const bench = openBench({ options: limit() });
  tradeBy(bench, -10);
  assert.equal(bench.open({ quantity: 1, requestId: 'after one' }).code, 'OK');
  bench.exit('close');
  const breach = bench.last('LIMIT_BREACHED');
  assert.equal(breach?.code, 'CONSECUTIVE_LOSSES');
  assert.deepEqual([breach?.data.observed, breach?.data.limit, breach?.data.unit], [2, 2, 'count']);
  assert.equal(breach?.data.until, START + 12 * 3_600_000);
  assert.equal(bench.open({ quantity: 1 }).code, 'CONSECUTIVE_LOSSES');
  bench.at(12 * 3_600_000).price('ETHUSDT', 2000);
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
  assert.equal(bench.kpi().consecutiveLosses, 0, 'when the lock ends the streak restarts at 0');
});

test('passes when a win breaks the streak; zero is neither win nor loss and leaves it', () => {
  const bench = openBench({ options: limit() });
  tradeBy(bench, -10);
  tradeBy(bench, 0);
  assert.deepEqual([bench.kpi().closedTrades, bench.kpi().losses, bench.kpi().wins], [2, 1, 0]);
  assert.equal(bench.kpi().consecutiveLosses, 1);
  tradeBy(bench, 10);
  assert.equal(bench.kpi().consecutiveLosses, 0);
  tradeBy(bench, -10);
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});

test('the streak goes on over the day’s end', () => {
  const bench = openBench({ options: limit() });
  tradeBy(bench, -10);
  bench.at(12 * 3_600_000);
  tradeBy(bench, -10);
  assert.equal(bench.open({ quantity: 1 }).code, 'CONSECUTIVE_LOSSES');
});

test('re-armed by hand the streak restarts at 0', () => {
  const bench = openBench({ options: limit() });
  tradeBy(bench, -10);
  tradeBy(bench, -10);
  bench.command('rearm', { code: 'CONSECUTIVE_LOSSES', scope: 'account:paper:futures' });
  assert.equal(bench.kpi().consecutiveLosses, 0);
  assert.equal(bench.price('ETHUSDT', 2000).open({ quantity: 1 }).code, 'OK');
});

test('under BLOCK it refuses without a lock, until its policy’s end', () => {
  const options = limit({ policies: { consecutiveLosses: { action: 'BLOCK', until: 60 } } });
  const bench = openBench({ options });
  tradeBy(bench, -10);
  tradeBy(bench, -10);
  assert.deepEqual(bench.engine.locks, []);
  assert.equal(bench.last('GOVERNOR_CHANGED')?.code, 'BLOCK');
  bench.at(59_999).price('ETHUSDT', 2000);
  assert.equal(bench.open({ quantity: 1 }).code, 'CONSECUTIVE_LOSSES');
  bench.at(60_000).price('ETHUSDT', 2000);
  assert.equal(bench.last('GOVERNOR_CHANGED')?.code, 'ALLOW');
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
  assert.equal(bench.kpi().consecutiveLosses, 0);
});
