import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench, START } from '#testing/bench.ts';

const NOON_TO_MIDNIGHT = 12 * 3_600_000;
const DAY = 86_400_000;

test('the day rolls at the first input of a new day, not by a timer', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  bench.command('standdown', { enabled: true, until: START + NOON_TO_MIDNIGHT + 1000 });
  bench.feed({ kind: 'clock', now: START + NOON_TO_MIDNIGHT - 1, line: true });
  assert.deepEqual(bench.of('DAY_ROLLED'), []);
  bench.at(NOON_TO_MIDNIGHT + 5000);
  assert.deepEqual(bench.of('DAY_ROLLED'), [], 'the lock ended by a timer, which begins no day');
  bench.price('ETHUSDT', 2000);
  const rolled = bench.of('DAY_ROLLED');
  assert.equal(rolled.length, 1);
  assert.deepEqual([rolled[0]?.data.day, rolled[0]?.accountKey], ['2024-08-08', 'paper:futures']);
  assert.equal(bench.kpi().day, '2024-08-09');
});

test('counters and the deepest drawdown restart; the streak, the peak and manual locks do not', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  bench.open({ quantity: 10 });
  bench.price('ETHUSDT', 1900).exit('close');
  bench.command('standdown', { enabled: true });
  const before = bench.kpi();
  assert.deepEqual([before.closedTrades, before.losses, before.consecutiveLosses], [1, 1, 1]);
  assert.ok(before.maxDrawdownPct! > 2);
  bench.at(NOON_TO_MIDNIGHT).feed({ kind: 'clock', now: bench.now, line: true });
  assert.equal(bench.last('DAY_ROLLED')?.data.closedTrades, 1, 'the record holds the day that ended');
  const after = bench.kpi();
  assert.deepEqual([after.closedTrades, after.wins, after.losses, after.consecutiveLosses], [0, 0, 0, 1]);
  assert.deepEqual([after.maxDrawdownPct, after.equityPeakUsd], [0, 50_000]);
  assert.equal(after.dayStartEquityUsd, before.currentEquityUsd);
  assert.deepEqual([after.dailyPnlUsd, after.dailyPnlPct], [0, 0]);
  assert.equal(bench.open({ quantity: 1 }).code, 'STAND_DOWN_ACTIVE');
});

test('days without inputs are skipped once', () => {
  const bench = openBench()
    .at(40 * DAY)
    .price('ETHUSDT', 2000);
  assert.equal(bench.of('DAY_ROLLED').length, 1);
  assert.equal(bench.kpi().day, '2024-09-17');
});

test('with equity unknown the last known stands in until the first known reading', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  bench.open({ quantity: 10 });
  bench.price('ETHUSDT', 1900);
  bench.at(NOON_TO_MIDNIGHT).feed({ kind: 'clock', now: bench.now, line: true });
  assert.equal(bench.kpi().equityKnown, false);
  assert.equal(bench.kpi().dayStartEquityUsd, 48_999.9);
  bench.price('ETHUSDT', 1800);
  assert.equal(bench.kpi().dayStartEquityUsd, 47_999.9);
  assert.equal(bench.kpi().dailyPnlPct, 0);
  bench.price('ETHUSDT', 1700);
  assert.equal(bench.kpi().dayStartEquityUsd, 47_999.9);
});

test('the day begins at dayStart of the time zone', () => {
  const zone = { name: 'Asia/Kolkata', starts: [-8.64e15], offsetsMs: [5.5 * 3_600_000] };
  const bench = openBench({ zone, options: { general: { timezone: 'Asia/Kolkata', dayStart: '18:00' } } });
  // 12:00 UTC is 17:30 there: half an hour before the day begins.
  bench.at(30 * 60_000 - 1).feed({ kind: 'clock', now: bench.now, line: true });
  assert.deepEqual(bench.of('DAY_ROLLED'), []);
  bench.at(30 * 60_000).feed({ kind: 'clock', now: bench.now, line: true });
  assert.equal(bench.last('DAY_ROLLED')?.data.day, '2024-08-07');
});
