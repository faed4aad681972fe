import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench, usualSymbols } from '#testing/bench.ts';

test('passes at minPositionSizePercent of equity, refuses with POSITION_SIZE_MIN below it', () => {
  const bench = openBench({ options: { tradeSettings: { minPositionSizePercent: 4 } } }).price('ETHUSDT', 2000);
  assert.equal(bench.check({ quantity: 1, price: 2000 }).code, 'OK');
  assert.equal(bench.check({ quantity: 0.999, price: 2000 }).code, 'POSITION_SIZE_MIN');
});

test('refuses with POSITION_SIZE_MIN when a quantity rounds down to 0', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  assert.equal(bench.check({ quantity: 0.0009 }).code, 'POSITION_SIZE_MIN');
  const decision = bench.open({ quantity: 1.2349 });
  assert.equal(decision.data.sizing.quantity, 1.234, 'quantities round down to the step');
  assert.equal(bench.last('ORDER_SENT')?.data.quantity, 1.234);
});

test('refuses with POSITION_SIZE_MIN below the venue’s minimum quantity or notional', () => {
  const symbols = usualSymbols.map((spec) => ({ ...spec, minQuantity: 0.01, minNotional: 30 }));
  const bench = openBench({ symbols }).price('ETHUSDT', 2000);
  assert.equal(bench.check({ quantity: 0.009, price: 5000 }).code, 'POSITION_SIZE_MIN', 'quantity');
  assert.equal(bench.check({ quantity: 0.014, price: 2000 }).code, 'POSITION_SIZE_MIN', '28 USD');
  assert.equal(bench.check({ quantity: 0.015, price: 2000 }).code, 'OK', '30 USD');
});
