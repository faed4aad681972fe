import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

test('a check is recorded as one, and reserves, counts and sends nothing', () => {
  const options = {
    riskManagement: { maxTradesPerDay: 1, maxOpenPositions: 1 },
    tradeSettings: { maxOrdersPerSecond: 1 },
  };
  const bench = openBench({ options }).price('ETHUSDT', 2000);
  const from = bench.records.length;
  for (let count = 0; count < 3; count++) {
    const decision = bench.check({ quantity: 1 });
    assert.deepEqual([decision.code, decision.data.check], ['OK', true]);
  }
  assert.deepEqual(bench.story(from), ['REQUEST_DECIDED OK', 'REQUEST_DECIDED OK', 'REQUEST_DECIDED OK']);
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});

test('the caller is answered with the decision', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  const request = { requestId: 'q', connectorType: 'paper', marketType: 'futures', symbol: { name: 'ETHUSDT' } };
  const whole = { ...request, side: 'LONG', quantity: 1, detectorSysname: 'det' };
  bench.feed({ kind: 'check', now: bench.now, request: whole, actor: 'me', replyTo: 7 });
  const [reply] = bench.replies;
  assert.ok(reply?.ok && reply.replyTo === 7 && (reply.result as { code: string }).code === 'OK');
});

test('maxQuantity is the largest that passes: one step more does not', () => {
  const cases: object[] = [
    { tradeSettings: { maxPositionSizePercent: 7 } },
    { tradeSettings: { maxOrderNotionalUsd: 3333.33 } },
    { riskManagement: { riskPerTradePercent: 1.7, stopLossPercent: 0.9 } },
    { riskManagement: { maxPortfolioExposurePercent: 33.3 } },
    { tradeSettings: { maxLeverage: 20 } },
  ];
  for (const options of cases) {
    const bench = openBench({
      options,
      positions: [{ symbol: 'SOLUSDT', side: 'LONG', quantity: 7, entryPrice: 150 }],
    });
    bench.price('SOLUSDT', 150).price('ETHUSDT', 2000);
    const { maxQuantity } = bench.check({ quantity: 0.01 }).data;
    assert.ok(maxQuantity! > 0, JSON.stringify(options));
    assert.equal(bench.check({ quantity: maxQuantity }).code, 'OK', JSON.stringify(options));
    assert.notEqual(bench.check({ quantity: maxQuantity! + 0.001 }).code, 'OK', JSON.stringify(options));
  }
});

test('maxQuantity walks the book as far as the slippage tolerance goes', () => {
  const bench = openBench({ options: { assetManagement: { slippageTolerancePercent: 1 } } });
  bench.book('SOLUSDT', {
    bids: [[99, 5]],
    asks: [
      [100, 5],
      [102, 5],
      [110, 5],
    ],
  });
  const { maxQuantity } = bench.check({ symbol: 'SOLUSDT', quantity: 1 }).data;
  assert.equal(bench.check({ symbol: 'SOLUSDT', quantity: maxQuantity }).code, 'OK');
  assert.equal(bench.check({ symbol: 'SOLUSDT', quantity: maxQuantity! + 0.001 }).code, 'SLIPPAGE');
});

test('maxQuantity is 0 when something else refuses, and null for a request', () => {
  const bench = openBench().price('ETHUSDT', 2000).command('standdown', { enabled: true });
  assert.equal(bench.check({ quantity: 1 }).data.maxQuantity, 0);
  assert.equal(bench.check({ quantity: -1 }).data.maxQuantity, 0);
  assert.equal(bench.open({ quantity: 1 }).data.maxQuantity, null);
});
