import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf, openBench, skippedOf } from '#testing/bench.ts';

test('refuses with EQUITY_UNKNOWN when the balance is unknown', () => {
  const bench = openBench({ account: false, venue: 'none' }).price('ETHUSDT', 2000);
  assert.ok(codesOf(bench.open({ quantity: 1 })).includes('EQUITY_UNKNOWN'));
});

test('refuses with EQUITY_UNKNOWN when a position has no fresh price, and names the limits that it leaves open', () => {
  const options = { riskManagement: { maxDailyLossPercent: 5, maxDrawdownPercent: 10 } };
  const bench = openBench({ options }).price('SOLUSDT', 150);
  bench.open({ symbol: 'SOLUSDT', quantity: 1 });
  bench.at(5001).price('ETHUSDT', 2000);
  const decision = bench.open({ quantity: 1 });
  assert.deepEqual(codesOf(decision), ['EQUITY_UNKNOWN']);
  assert.deepEqual(skippedOf(decision), ['DAILY_LOSS', 'DRAWDOWN']);
  assert.equal(decision.data.inputs.equityUsd, null);
  bench.price('SOLUSDT', 150);
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});
