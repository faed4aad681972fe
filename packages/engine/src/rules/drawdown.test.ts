import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

/** 10 ETH bought at 2000 with 50,000 USD: each USD of price is 0.02 % of equity. */
function held(limit: number) {
  const options = { riskManagement: { maxDrawdownPercent: limit }, protection: { confirmMs: 60_000 } };
  const bench = openBench({ options }).book('ETHUSDT', 1999.99).mark('ETHUSDT', 2000).price('SOLUSDT', 150);
  bench.open({ quantity: 10 });
  return bench;
}

test('refuses with DRAWDOWN when the unrealised drawdown reaches the limit, before it is confirmed', () => {
  const bench = held(2).price('ETHUSDT', 1900);
  assert.equal(bench.kpi().currentEquityUsd, 49_000);
  const decision = bench.open({ symbol: 'SOLUSDT', quantity: 1 });
  assert.equal(decision.code, 'DRAWDOWN');
  const [violation] = decision.data.violations;
  assert.ok(Math.abs(violation!.observed! - 2) < 1e-9);
  assert.deepEqual([violation?.limit, violation?.unit, violation?.scope], [2, '%', 'account:paper:futures']);
  assert.deepEqual(bench.of('LIMIT_BREACHED'), [], 'the limit itself has not tripped');
});

test('passes just inside the limit, and when it is off', () => {
  assert.equal(held(2).price('ETHUSDT', 1900.01).open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'OK');
  assert.equal(held(0).price('ETHUSDT', 1500).open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'OK');
});

test('refuses while its lock is on, also when the price came back', () => {
  const bench = held(2)
    .options({ protection: { confirmMs: 0 } })
    .price('ETHUSDT', 1900);
  assert.equal(bench.last('LIMIT_BREACHED')?.code, 'DRAWDOWN');
  bench.price('ETHUSDT', 2000);
  assert.equal(bench.open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'DRAWDOWN');
});
