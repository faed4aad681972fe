import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf, openBench, skippedOf } from '#testing/bench.ts';

test('refuses with PRICE_MISSING when there has never been a price, and names what could not be judged', () => {
  const options = {
    riskManagement: { maxPortfolioExposurePercent: 100 },
    assetManagement: { spreadTolerancePercent: 1, slippageTolerancePercent: 1 },
    tradeSettings: { maxPositionSizePercent: 10, maxOrderNotionalUsd: 1000 },
  };
  const decision = openBench({ options }).open({ quantity: 1 });
  assert.deepEqual(codesOf(decision), ['PRICE_MISSING']);
  assert.deepEqual(skippedOf(decision), [
    'SPREAD',
    'SLIPPAGE',
    'ORDER_NOTIONAL',
    'POSITION_SIZE_MAX',
    'PORTFOLIO_EXPOSURE',
    'MARGIN_INSUFFICIENT',
  ]);
  assert.equal(decision.data.inputs.price, null);
});

test('passes with the first price of any source', () => {
  assert.equal(openBench().mark('ETHUSDT', 2000).open({ quantity: 1 }).code, 'OK');
  assert.equal(openBench().book('ETHUSDT', 2000).open({ quantity: 1 }).code, 'OK');
  assert.equal(openBench().trade('ETHUSDT', 2000).open({ quantity: 1 }).code, 'OK');
  assert.equal(openBench().candle('ETHUSDT', 2000).open({ quantity: 1 }).code, 'OK');
});
