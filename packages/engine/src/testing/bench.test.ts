import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from './bench.ts';

test('an entry is decided, filled at the ask, protected and closed', () => {
  const bench = openBench({ options: { riskManagement: { stopLossPercent: 1 } } });
  bench.price('ETHUSDT', 2000);
  assert.equal(bench.open({ requestId: 'in', quantity: 2 }).code, 'OK');
  assert.equal(bench.last('POSITION_OPENED')?.data.entryPrice, 2000.01);
  assert.equal(bench.last('PROTECTION_PLACED', 'STOP')?.data.price, 1980.01);
  assert.equal(bench.exit('close', { requestId: 'out' }).code, 'OK');
  assert.equal(bench.last('POSITION_CLOSED')?.code, 'DETECTOR');
  assert.equal(bench.kpi().closedTrades, 1);
  assert.ok(Math.abs(bench.kpi().currentEquityUsd! - bench.venue.wallet) < 1e-9);
});

test('without a venue the test says what became of an order', () => {
  const bench = openBench({ venue: 'none' }).price('ETHUSDT', 2000);
  bench.open({ requestId: 'in', quantity: 2 });
  assert.deepEqual(bench.of('POSITION_OPENED'), []);
  bench.order({
    ref: 'in:entry',
    symbol: { name: 'ETHUSDT' },
    status: 'FILLED',
    quantityExecuted: 2,
    priceExecuted: 2000,
  });
  assert.equal(bench.last('POSITION_OPENED')?.code, 'RUNTIME');
});

test('time that passes fires timers at their own time', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  bench.open({ quantity: 1 });
  bench.wait(60_000);
  assert.equal(bench.last('DATA_STALE')?.ts, bench.engine.accounts[0]!.unknownSince + 30_000);
});
