import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

function held(options: object = {}, venue: 'fills' | 'none' = 'fills') {
  const bench = openBench({ options, venue }).price('ETHUSDT', 2000);
  bench.open({ requestId: 'in', quantity: 2 });
  if (venue === 'none') {
    bench.order({
      ref: 'in:entry',
      symbol: { name: 'ETHUSDT' },
      status: 'FILLED',
      quantityExecuted: 2,
      priceExecuted: 2000,
    });
  }
  return bench;
}

test('no rule blocks, throttles or counts an exit', () => {
  const bench = held();
  bench.options({
    riskManagement: { maxTradesPerDay: 1, maxOpenPositions: 1 },
    assetManagement: { excludedAssets: ['ETH'], spreadTolerancePercent: 0.00001 },
    tradeSettings: { maxOrdersPerSecond: 1, maxOrderNotionalUsd: 1 },
    noTradeWindows: [{ days: 'all', from: '00:00', to: '23:59' }],
  });
  bench.command('standdown', { enabled: true });
  bench
    .account('balance', { walletBalance: 50_000 }, { seq: 1 })
    .account('balance', { walletBalance: 50_000 }, { seq: 9 });
  for (let count = 0; count < 3; count++) {
    const decision = bench.exit('reduce', { quantity: 0.1 });
    assert.deepEqual([decision.code, decision.data.decision, decision.data.exit], ['OK', 'ALLOW', true]);
  }
  assert.equal(bench.exit('close').code, 'OK');
  assert.equal(bench.last('POSITION_CLOSED')?.code, 'DETECTOR');
});

test('an exit goes on a stale price and unknown equity', () => {
  const bench = held().at(60_000);
  assert.equal(bench.exit('close').code, 'OK');
});

test('nothing to close is NO_POSITION: no position, or one of the other side', () => {
  const bench = held();
  const decision = bench.exit('close', { side: 'SHORT' });
  assert.deepEqual([decision.code, decision.data.decision], ['NO_POSITION', 'BLOCK']);
  assert.equal(bench.exit('close', { symbol: 'SOLUSDT' }).code, 'NO_POSITION');
  assert.equal(bench.exit('close', { connectorType: 'other' }).code, 'NO_POSITION');
  assert.deepEqual(bench.of('CLOSE_REQUESTED'), []);
});

test('a legacy position is LEGACY_POSITION, and nothing is sent', () => {
  const legacy = [{ symbol: 'ETHUSDT', side: 'LONG' as const, quantity: 1, entryPrice: 2000 }];
  const bench = openBench({ positions: legacy }).price('ETHUSDT', 2000);
  for (const type of ['close', 'reduce', 'flip'] as const) {
    const decision = bench.exit(type, { quantity: 1 });
    assert.deepEqual([decision.code, decision.data.decision], ['LEGACY_POSITION', 'BLOCK']);
  }
  assert.deepEqual(bench.of('ORDER_SENT'), []);
});

test('an exit that cannot be read is REQUEST_INVALID', () => {
  const bench = held();
  for (const request of [{ side: 'BUY' }, { symbol: {} as { name: string } }, { quantity: 0 }, { quantity: 'all' }]) {
    assert.equal(bench.exit('reduce', { quantity: 1, ...request }).code, 'REQUEST_INVALID');
  }
  assert.equal(bench.exit('reduce', {}).code, 'REQUEST_INVALID', 'a reduce says how much');
});

test('quantity is cut to what is not on its way out yet', () => {
  const bench = held({ riskManagement: { stopLossPercent: 1, takeProfitPercent: 2 } }, 'none');
  bench.exit('reduce', { quantity: 1.5 });
  assert.equal(bench.last('ORDER_SENT')?.data.quantity, 1.5, 'stop and target do not count');
  bench.exit('reduce', { quantity: 1.5 });
  assert.equal(bench.last('ORDER_SENT')?.data.quantity, 0.5);
  assert.equal(bench.exit('close').code, 'NO_POSITION', 'all of it is on its way');
});

test('a part rounds down to the step; what rounds to nothing closes nothing', () => {
  const bench = held();
  bench.exit('reduce', { quantity: 0.5009 });
  assert.equal(bench.last('ORDER_SENT')?.data.quantity, 0.5);
  assert.equal(bench.exit('reduce', { quantity: 0.0009 }).code, 'NO_POSITION');
  assert.equal(bench.last('POSITION_UPDATED')?.data.quantity, 1.5);
});

test('a close is reduce-only and takes all; a reduce larger than the position takes all', () => {
  const bench = held();
  bench.exit('reduce', { quantity: 99 });
  const order = bench.of('ORDER_INTENT', 'CLOSE').at(-1)?.data;
  assert.deepEqual([order?.quantity, order?.reduceOnly, order?.side, order?.type], [2, true, 'SELL', 'MARKET']);
  assert.equal(bench.last('POSITION_CLOSED')?.code, 'DETECTOR');
});

test('an event that is delivered again is the same exit, and is done once', () => {
  const bench = held();
  const request = {
    requestId: 'out',
    connectorType: 'paper',
    marketType: 'futures',
    symbol: { name: 'ETHUSDT' },
    side: 'LONG',
  };
  const input = { kind: 'request', now: bench.now, eventId: 'same', type: 'reduce', source: 'DETECTOR' } as const;
  for (let count = 0; count < 3; count++) bench.feed({ ...input, request: { ...request, quantity: 0.5 } });
  assert.equal(bench.last('POSITION_UPDATED')?.data.quantity, 1.5);
  assert.equal(bench.last('REQUEST_DECIDED')?.code, 'REQUEST_DUPLICATE');
});
