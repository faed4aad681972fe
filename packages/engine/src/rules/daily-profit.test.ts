import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

function held(limit: number) {
  const options = { riskManagement: { maxDailyProfitPercent: limit }, protection: { confirmMs: 60_000 } };
  const bench = openBench({ options }).book('ETHUSDT', 1999.99).mark('ETHUSDT', 2000).price('SOLUSDT', 150);
  bench.open({ quantity: 10 });
  return bench;
}

test('refuses with DAILY_PROFIT when the unrealised profit reaches the limit', () => {
  const bench = held(2).price('ETHUSDT', 2100);
  assert.equal(bench.open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'DAILY_PROFIT');
});

test('passes just inside the limit', () => {
  assert.equal(held(2).price('ETHUSDT', 2099.99).open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'OK');
});

test('refuses while its lock is on, also when the profit is gone', () => {
  const bench = held(2)
    .options({ protection: { confirmMs: 0 } })
    .price('ETHUSDT', 2100)
    .price('ETHUSDT', 2000);
  assert.equal(bench.open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'DAILY_PROFIT');
});
