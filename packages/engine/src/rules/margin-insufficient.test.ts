import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

test('passes when notional / leverage is what is available, refuses with MARGIN_INSUFFICIENT past it', () => {
  const bench = openBench({ wallet: 1000 }).price('ETHUSDT', 2000);
  assert.equal(bench.check({ quantity: 5, price: 2000, leverage: 10 }).code, 'OK');
  const decision = bench.check({ quantity: 5.001, price: 2000, leverage: 10 });
  assert.equal(decision.code, 'MARGIN_INSUFFICIENT');
  assert.equal(decision.data.maxQuantity, 5);
});

test('margin of entries on their way is reserved', () => {
  const bench = openBench({ wallet: 1000, venue: 'none' }).price('ETHUSDT', 2000);
  bench.open({ quantity: 2, price: 2000, leverage: 5 });
  assert.equal(bench.check({ quantity: 1, price: 2000, leverage: 10 }).code, 'OK', '1000 − 800');
  assert.equal(bench.check({ quantity: 1.001, price: 2000, leverage: 10 }).code, 'MARGIN_INSUFFICIENT');
});

test('available is wallet and unrealised less the margin of what is open', () => {
  const bench = openBench({ wallet: 1000 }).book('ETHUSDT', 1999.99).mark('ETHUSDT', 2000);
  bench.open({ quantity: 2, leverage: 10 });
  bench.price('ETHUSDT', 2100).price('SOLUSDT', 100);
  // 1000 + 200 − 2 × 2100 / 10 = 780
  assert.equal(bench.check({ symbol: 'SOLUSDT', quantity: 78, price: 100, leverage: 10 }).code, 'OK');
  assert.equal(
    bench.check({ symbol: 'SOLUSDT', quantity: 78.01, price: 100, leverage: 10 }).code,
    'MARGIN_INSUFFICIENT',
  );
});

test('the venue’s own available balance comes first', () => {
  const bench = openBench({ wallet: 1000, venue: 'none' }).price('SOLUSDT', 100);
  bench.account('balance', { walletBalance: 1000, availableBalance: 100 });
  assert.equal(bench.check({ symbol: 'SOLUSDT', quantity: 10, price: 100, leverage: 10 }).code, 'OK');
  assert.equal(
    bench.check({ symbol: 'SOLUSDT', quantity: 10.01, price: 100, leverage: 10 }).code,
    'MARGIN_INSUFFICIENT',
  );
});
