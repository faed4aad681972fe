import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

const options = { riskManagement: { maxOpenPositions: 2 } };

test('refuses with OPEN_POSITIONS when open and reserved positions reach the limit', () => {
  const bench = openBench({ options, venue: 'none' })
    .price('ETHUSDT', 2000)
    .price('SOLUSDT', 150)
    .price('BTCUSDT', 60_000);
  assert.equal(bench.open({ requestId: 'eth', quantity: 1 }).code, 'OK');
  bench.order({
    ref: 'eth:entry',
    symbol: { name: 'ETHUSDT' },
    status: 'FILLED',
    quantityExecuted: 1,
    priceExecuted: 2000,
  });
  assert.equal(bench.open({ requestId: 'sol', symbol: 'SOLUSDT', quantity: 1 }).code, 'OK');
  assert.equal(bench.open({ symbol: 'BTCUSDT', quantity: 0.1 }).code, 'OPEN_POSITIONS', 'one is open, one on its way');
  assert.equal(bench.open({ quantity: 1 }).code, 'OK', 'adding to one that is open is not a new one');
  assert.equal(bench.open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'OK', 'nor to one that is on its way');
  const dead = { status: 'REJECTED', reason: 'MARGIN' } as const;
  for (const { orderId } of bench.of('ORDER_SENT').filter(({ symbol }) => symbol === 'SOLUSDT')) {
    bench.order({ clientOrderId: orderId!, symbol: { name: 'SOLUSDT' }, ...dead });
  }
  assert.equal(bench.open({ symbol: 'BTCUSDT', quantity: 0.1 }).code, 'OK', 'what is dead reserves nothing');
});

test('legacy positions count', () => {
  const legacy = (symbol: string) => ({ symbol, side: 'LONG' as const, quantity: 1, entryPrice: 100, leverage: 10 });
  const bench = openBench({ options, positions: [legacy('SOLUSDT'), legacy('AVAXUSDT')] });
  bench.price('SOLUSDT', 100).price('AVAXUSDT', 100).price('ETHUSDT', 2000);
  assert.equal(bench.open({ quantity: 1 }).code, 'OPEN_POSITIONS');
});
