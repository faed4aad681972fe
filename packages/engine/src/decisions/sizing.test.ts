import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench, usualSymbols } from '#testing/bench.ts';

const priced = (options: object) => openBench({ options }).price('ETHUSDT', 2000);

test('sizePercent is a percentage of equity at the price, rounded down to the step', () => {
  const decision = priced({}).open({ sizePercent: 10, price: 1999 });
  assert.equal(decision.data.sizing.quantity, 2.501, '5000 / 1999 = 2.50125…');
  assert.equal(decision.data.sizing.method, 'sizePercent');
});

test('without a size the quantity risks riskPerTradePercent to the stop', () => {
  const decision = priced({ riskManagement: { riskPerTradePercent: 2 } }).open({ price: 2000, stopLoss: 1900 });
  assert.deepEqual([decision.code, decision.data.sizing.quantity, decision.data.sizing.riskUsd], ['OK', 10, 1000]);
  assert.equal(decision.data.sizing.method, 'riskPerTradePercent');
});

const caps: [string, object, object, number][] = [
  ['ORDER_NOTIONAL', { tradeSettings: { maxOrderNotionalUsd: 4000 } }, {}, 2],
  ['POSITION_SIZE_MAX', { tradeSettings: { maxPositionSizePercent: 10 } }, {}, 2.5],
  ['PORTFOLIO_EXPOSURE', { riskManagement: { riskPerTradePercent: 2, maxPortfolioExposurePercent: 12 } }, {}, 3],
  ['MARGIN_INSUFFICIENT', {}, { leverage: 0.2 }, 5],
];
for (const [code, options, request, quantity] of caps) {
  test(`a size by risk is capped by ${code}`, () => {
    const bench = priced({ riskManagement: { riskPerTradePercent: 2 }, ...options });
    const decision = bench.open({ price: 2000, stopLoss: 1900, ...request });
    assert.deepEqual([decision.code, decision.data.sizing.quantity], ['OK', quantity]);
  });
}

test('a cap that is used up leaves nothing: POSITION_SIZE_MIN', () => {
  const bench = priced({ riskManagement: { riskPerTradePercent: 2 }, tradeSettings: { maxPositionSizePercent: 10 } });
  bench.open({ quantity: 2.5, price: 2000, stopLoss: 1990 });
  assert.equal(bench.open({ price: 2000, stopLoss: 1990 }).code, 'POSITION_SIZE_MIN');
});

test('steps that are no binary fractions round to their decimal multiple', () => {
  const symbols = usualSymbols.map((spec) => ({ ...spec, stepSize: 0.1, minQuantity: 0.1 }));
  const bench = openBench({ symbols }).price('ETHUSDT', 2000);
  assert.equal(bench.open({ quantity: 0.3 }).data.sizing.quantity, 0.3);
  assert.equal(bench.open({ quantity: 0.1 + 0.2 }).data.sizing.quantity, 0.3);
  assert.equal(bench.open({ quantity: 0.39 }).data.sizing.quantity, 0.3);
});

test('under stress the size limits count half, for entries only', () => {
  const options = {
    riskManagement: { riskPerTradePercent: 2, maxPortfolioExposurePercent: 40 },
    tradeSettings: { maxPositionSizePercent: 10 },
    strategyLogic: { enableStressPolicy: true, stressSpreadTriggerPercent: 1 },
    protection: { confirmMs: 1500 },
  };
  const bench = priced(options);
  const wide = { bids: [[1989, 1000]] as const, asks: [[2011, 1000]] as const };
  bench.check({ quantity: 1, price: 2000, stopLoss: 1900 });
  bench.open({ requestId: 'asked', quantity: 0.01, price: 1000, stopLoss: 900 });
  for (const at of [0, 1499]) bench.at(at).mark('ETHUSDT', 2000).book('ETHUSDT', wide);
  assert.equal(bench.check({ quantity: 2.4, price: 2000, stopLoss: 1900 }).code, 'OK');
  bench.at(1500).book('ETHUSDT', wide);
  assert.equal(bench.last('STRESS_CHANGED')?.data.active, true);
  assert.equal(bench.kpi().stressModeActive, true);
  assert.equal(bench.check({ quantity: 1.24, price: 2000, stopLoss: 1900 }).code, 'OK');
  assert.equal(
    bench.check({ quantity: 1.25, price: 2000, stopLoss: 1900 }).code,
    'POSITION_SIZE_MAX',
    'with 0.01 on its way',
  );
  assert.equal(bench.check({ quantity: 1.2, price: 2000, stopLoss: 1580 }).code, 'RISK_PER_TRADE', '504 of 500');
  // Calm under 0.8 × the trigger for 30 s ends it.
  bench.at(2000).book('ETHUSDT', 2000);
  for (let at = 3000; at <= 31_000; at += 1000) bench.at(at).price('ETHUSDT', 2000);
  assert.equal(bench.kpi().stressModeActive, true);
  bench.at(32_000).price('ETHUSDT', 2000);
  assert.equal(bench.last('STRESS_CHANGED')?.data.active, false);
  assert.equal(bench.check({ quantity: 2.4, price: 2000, stopLoss: 1900 }).code, 'OK');
});
