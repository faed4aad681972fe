import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf, openBench, skippedOf, usualSymbols } from '#testing/bench.ts';

const risk = { riskManagement: { riskPerTradePercent: 2 } };

test('refuses with RISK_UNBOUNDED when riskPerTradePercent is on and there is no stop', () => {
  const bench = openBench({ options: risk }).price('ETHUSDT', 2000);
  const decision = bench.open({ quantity: 1 });
  assert.deepEqual(codesOf(decision), ['RISK_UNBOUNDED']);
  assert.deepEqual(skippedOf(decision), ['RISK_PER_TRADE']);
  assert.equal(bench.open({ quantity: 1, stopLoss: 1990 }).code, 'OK');
});

test('passes with a stop by the options; is skipped while no price says where it lies', () => {
  const options = { riskManagement: { riskPerTradePercent: 2, stopLossPercent: 1 } };
  assert.equal(openBench({ options }).price('ETHUSDT', 2000).open({ quantity: 1 }).code, 'OK');
  const unpriced = openBench({ options }).open({ quantity: 1 });
  assert.deepEqual(codesOf(unpriced), ['PRICE_MISSING']);
  assert.ok(skippedOf(unpriced).includes('RISK_UNBOUNDED'));
});

test('in isolated margin, refuses with RISK_UNBOUNDED when the stop lies beyond the liquidation price, passes at it', () => {
  const symbols = usualSymbols.map((spec) => ({ ...spec, maintenanceMarginPercent: 1 }));
  const options = { ...risk, tradeSettings: { marginMode: 'isolated' } };
  const bench = openBench({ options, symbols }).price('ETHUSDT', 2000);
  // Leverage 10: 2000 × (1 − (0.1 − 0.01)) = 1820, SHORT 2180.
  const request = { quantity: 0.1, price: 2000, leverage: 10 };
  assert.equal(bench.check({ ...request, stopLoss: 1820 }).code, 'OK');
  assert.equal(bench.check({ ...request, stopLoss: 1819.99 }).code, 'RISK_UNBOUNDED');
  assert.equal(bench.check({ ...request, side: 'SHORT', stopLoss: 2180 }).code, 'OK');
  assert.equal(bench.check({ ...request, side: 'SHORT', stopLoss: 2180.01 }).code, 'RISK_UNBOUNDED');
  bench.options({ tradeSettings: { marginMode: 'cross' } });
  assert.equal(bench.check({ ...request, stopLoss: 1700 }).code, 'OK');
});
