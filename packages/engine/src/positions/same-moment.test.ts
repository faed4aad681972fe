import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

test('a flip at one moment keeps the stop that its request asked for', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  bench.open({ requestId: 'in', quantity: 1, stopLoss: 1990 });
  bench.price('ETHUSDT', 2001);
  bench.request('flip', { requestId: 'turn', side: 'LONG', stopLoss: 2010 });
  const opened = bench.last('POSITION_OPENED')!;
  assert.equal(opened.data.side, 'SHORT');
  assert.equal(opened.requestId, 'turn');
  assert.equal(opened.data.stopLoss, 2010);
});

test('a fill of the moment of a position event that moved its quantity is attributed, not applied again', () => {
  const bench = openBench({ venue: 'none' }).price('ETHUSDT', 2000);
  bench.open({ requestId: 'in', quantity: 2 });
  const shown = { symbol: 'ETHUSDT', side: 'LONG' as const, quantity: 2, entryPrice: 2000 };
  bench.account('position', { positions: [shown] });
  bench.order({
    ref: 'in:entry',
    symbol: { name: 'ETHUSDT' },
    status: 'FILLED',
    quantityExecuted: 2,
    priceExecuted: 2000,
  });
  assert.equal(bench.of('POSITION_OPENED').length, 1);
  assert.equal(bench.engine.table.quantity[0], 2);
});

test('a fill of the same moment that the event does not explain moves the quantity', () => {
  const bench = openBench({ venue: 'none' }).price('ETHUSDT', 2000);
  bench.open({ requestId: 'in', quantity: 2 });
  bench.account('position', { positions: [{ symbol: 'ETHUSDT', side: 'LONG', quantity: 0, entryPrice: 0 }] });
  bench.order({
    ref: 'in:entry',
    symbol: { name: 'ETHUSDT' },
    status: 'FILLED',
    quantityExecuted: 2,
    priceExecuted: 2000,
  });
  assert.equal(bench.last('POSITION_OPENED')?.data.quantity, 2);
});

test('what the venue holds on a symbol that was never listed counts', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  bench.account('snapshot', { walletBalance: 50_000, positions: [] });
  bench.account('position', { positions: [{ symbol: 'DOGEUSDT', side: 'LONG', quantity: 5, entryPrice: 1 }] });
  assert.equal(bench.last('POSITION_OPENED')?.symbol, 'DOGEUSDT');
  assert.equal(bench.open({ quantity: 1 }).code, 'EQUITY_UNKNOWN');
});
