import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

/** 10 % of 50,000 USD are 5000. */
const options = { tradeSettings: { maxPositionSizePercent: 10 } };

test('passes at the limit, refuses with POSITION_SIZE_MAX past it', () => {
  const bench = openBench({ options }).price('ETHUSDT', 2000);
  assert.equal(bench.check({ quantity: 2.5, price: 2000 }).code, 'OK');
  const decision = bench.check({ quantity: 2.501, price: 2000 });
  assert.equal(decision.code, 'POSITION_SIZE_MAX');
  assert.deepEqual([decision.data.violations[0]?.observed, decision.data.violations[0]?.limit], [5002, 5000]);
  assert.equal(decision.data.maxQuantity, 2.5);
});

test('what is held and what is on its way count', () => {
  const bench = openBench({ options, venue: 'none' }).price('ETHUSDT', 2000);
  bench.open({ requestId: 'a', quantity: 1, price: 2000 });
  assert.equal(bench.open({ quantity: 1.6, price: 2000 }).code, 'POSITION_SIZE_MAX', '1 is on its way');
  bench.order({
    ref: 'a:entry',
    symbol: { name: 'ETHUSDT' },
    status: 'PARTIALLY_FILLED',
    quantityExecuted: 0.4,
    priceExecuted: 2000,
  });
  assert.equal(bench.open({ quantity: 1.6, price: 2000 }).code, 'POSITION_SIZE_MAX', '0.4 held and 0.6 on its way');
  bench.order({
    ref: 'a:entry',
    symbol: { name: 'ETHUSDT' },
    status: 'CANCELED',
    quantityExecuted: 0.4,
    priceExecuted: 2000,
  });
  assert.equal(bench.check({ quantity: 2.1, price: 2000 }).code, 'OK');
  assert.equal(bench.check({ quantity: 2.101, price: 2000 }).code, 'POSITION_SIZE_MAX', 'at the bound of 0.4 held');
});

test('equity counts, not the wallet', () => {
  const bench = openBench({ options }).price('ETHUSDT', 2000).book('SOLUSDT', 99.99).mark('SOLUSDT', 100);
  bench.open({ symbol: 'SOLUSDT', quantity: 50 });
  bench.price('SOLUSDT', 200);
  assert.equal(bench.check({ quantity: 2.75, price: 2000 }).code, 'OK', '10 % of 55,000');
  assert.equal(bench.check({ quantity: 2.751, price: 2000 }).code, 'POSITION_SIZE_MAX');
});
