import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

type Bench = ReturnType<typeof openBench>;
const near = (actual: number | null, expected: number) =>
  assert.ok(Math.abs(actual! - expected) < 1e-9, `${actual} is not ${expected}`);

/** 10 ETH from 2000, now at 1900: 49,000 USD, 2 % down. */
function down(): Bench {
  const bench = openBench({ venue: 'none' }).price('ETHUSDT', 2000);
  bench.open({ requestId: 'e', quantity: 10 });
  bench.order({
    ref: 'e:entry',
    symbol: { name: 'ETHUSDT' },
    status: 'FILLED',
    quantityExecuted: 10,
    priceExecuted: 2000,
  });
  return bench.price('ETHUSDT', 1900);
}

for (const amount of [49_000, -24_500]) {
  test(`a transfer of ${amount} USD is no profit and no loss: percentages stay, money says what was earned`, () => {
    const bench = down().transfer(amount);
    const kpi = bench.kpi();
    near(kpi.currentEquityUsd, 49_000 + amount);
    near(kpi.dailyPnlPct, -2);
    near(kpi.currentDrawdownPct, 2);
    near(kpi.dailyPnlUsd, -1000);
    near(kpi.dayStartEquityUsd, (50_000 * (49_000 + amount)) / 49_000);
    near(kpi.equityPeakUsd, (50_000 * (49_000 + amount)) / 49_000);
    assert.deepEqual(bench.of('DATA_OUTLIER'), []);
  });
}

test('a balance before or after it that says the same is explained by it', () => {
  const after = down().transfer(1000).balance(51_000);
  const before = down().balance(51_000).transfer(1000);
  const within = down().account('transfer', { amount: 1000, walletBalance: 51_000 });
  for (const bench of [after, before, within]) {
    near(bench.kpi().currentEquityUsd, 50_000);
    near(bench.kpi().dailyPnlPct, -2);
    near(bench.kpi().dailyPnlUsd, -1000);
  }
  assert.deepEqual(after.of('DATA_OUTLIER'), []);
  assert.deepEqual(within.of('DATA_OUTLIER'), []);
});

for (const amount of [1000, 2000, -2000]) {
  test(`a transfer of ${amount} USD that is told long after the balance that it is in leaves percentages as they were`, () => {
    const late = down()
      .balance(50_000 + amount)
      .wait(2001)
      .price('ETHUSDT', 1900)
      .account('transfer', { amount, walletBalance: 50_000 + amount });
    const kpi = late.kpi();
    near(kpi.currentEquityUsd, 49_000 + amount);
    near(kpi.dailyPnlPct, -2);
    near(kpi.dailyPnlUsd, -1000);
    near(kpi.currentDrawdownPct, 2);
    near(kpi.equityPeakUsd, (50_000 * (49_000 + amount)) / 49_000);
  });
}

test('a peak that was reached with the money before the transfer was told stays', () => {
  const bench = down().balance(52_000).wait(2001).price('ETHUSDT', 2300).price('ETHUSDT', 2200);
  near(bench.kpi().equityPeakUsd, 55_000);
  bench.account('transfer', { amount: 2000, walletBalance: 52_000 });
  near(bench.kpi().equityPeakUsd, 55_000);
  bench.account('transfer', { amount: 2000, walletBalance: 54_000 });
  near(bench.kpi().equityPeakUsd, (55_000 * 56_000) / 54_000);
});

test('while equity is unknown a transfer waits for it', () => {
  const bench = down().at(5001).transfer(49_000);
  assert.equal(bench.kpi().equityKnown, false);
  near(bench.kpi().currentEquityUsd, 49_000);
  near(bench.kpi().dailyPnlUsd, -1000);
  bench.price('ETHUSDT', 1900);
  near(bench.kpi().currentEquityUsd, 98_000);
  near(bench.kpi().dailyPnlPct, -2);
  near(bench.kpi().dailyPnlUsd, -1000);
});

test('a withdrawal trips no limit', () => {
  const options = { riskManagement: { maxDailyLossPercent: 5, maxDrawdownPercent: 5 }, protection: { confirmMs: 0 } };
  const bench = openBench({ options, venue: 'none' }).transfer(-40_000).wait(5000).balance(10_000);
  assert.deepEqual(bench.of('LIMIT_BREACHED'), []);
  near(bench.kpi().currentEquityUsd, 10_000);
});
