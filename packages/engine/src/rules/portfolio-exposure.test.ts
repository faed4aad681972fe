import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

/** 20 % of 50,000 USD are 10,000. */
const options = { riskManagement: { maxPortfolioExposurePercent: 20 } };

test('passes at the limit, refuses with PORTFOLIO_EXPOSURE past it: open, reserved and requested count', () => {
  const bench = openBench({ options, venue: 'none' }).price('ETHUSDT', 2000).price('SOLUSDT', 100);
  bench.open({ requestId: 'a', quantity: 2, price: 2000 });
  bench.order({
    ref: 'a:entry',
    symbol: { name: 'ETHUSDT' },
    status: 'FILLED',
    quantityExecuted: 2,
    priceExecuted: 2000,
  });
  bench.open({ symbol: 'SOLUSDT', quantity: 40, price: 100 });
  assert.equal(bench.check({ symbol: 'SOLUSDT', quantity: 20, price: 100 }).code, 'OK', '4000 + 4000 + 2000');
  const decision = bench.check({ symbol: 'SOLUSDT', quantity: 20.01, price: 100 });
  assert.equal(decision.code, 'PORTFOLIO_EXPOSURE');
  assert.equal(decision.data.maxQuantity, 20);
});

test('legacy positions count', () => {
  const positions = [{ symbol: 'ETHUSDT', side: 'SHORT' as const, quantity: 4, entryPrice: 2000, leverage: 10 }];
  const bench = openBench({ options, positions }).price('ETHUSDT', 2000).price('SOLUSDT', 100);
  assert.equal(bench.check({ symbol: 'SOLUSDT', quantity: 20, price: 100 }).code, 'OK');
  assert.equal(bench.check({ symbol: 'SOLUSDT', quantity: 20.01, price: 100 }).code, 'PORTFOLIO_EXPOSURE');
});
