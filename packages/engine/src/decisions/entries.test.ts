import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench, START } from '#testing/bench.ts';

test('a decision says what was asked, what was seen, and where it stands in the trail', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  const decision = bench.open({ requestId: 'q', quantity: 1, note: 'kept' });
  const { data } = decision;
  assert.deepEqual([data.decision, data.code, data.violations, data.maxQuantity], ['ALLOW', 'OK', [], null]);
  assert.deepEqual([data.seq, data.evaluatedAt], [decision.seq, START]);
  assert.deepEqual([data.inputs.price, data.inputs.priceAgeMs, data.inputs.equityUsd], [2000, 0, 50_000]);
  assert.deepEqual([decision.symbol, decision.requestId, decision.detectorSysname], ['ETHUSDT', 'q', 'det']);
  assert.equal((data.request as { note: string }).note, 'kept', 'the request stands there as it was received');
});

test('without a price it becomes a market order, with one a limit order', () => {
  const bench = openBench({ venue: 'none' }).price('ETHUSDT', 2000);
  bench.open({ quantity: 1 });
  assert.deepEqual([bench.last('ORDER_SENT')?.data.type, bench.last('ORDER_SENT')?.data.side], ['MARKET', 'BUY']);
  bench.open({ symbol: 'ETHUSDT', quantity: 1, price: 1990 });
  const { type, price, quantity, leverage, reduceOnly } = bench.last('ORDER_SENT')!.data;
  assert.deepEqual([type, price, quantity, leverage, reduceOnly], ['LIMIT', 1990, 1, 10, false]);
});

test('the price is the limit, else ask or bid, else the valuation price', () => {
  const bench = openBench().price('ETHUSDT', 2000).mark('SOLUSDT', 150);
  const priceOf = (request: object) => bench.check({ quantity: 1, ...request }).data.sizing.price;
  assert.equal(priceOf({}), 2000.01);
  assert.equal(priceOf({ side: 'SHORT' }), 1999.99);
  assert.equal(priceOf({ price: 1990 }), 1990);
  assert.equal(priceOf({ symbol: 'SOLUSDT' }), 150);
});

test('stop and target: the tighter stop, the requested target, else the options', () => {
  const options = { riskManagement: { stopLossPercent: 1, takeProfitPercent: 3 } };
  const bench = openBench({ options }).price('ETHUSDT', 2000);
  const levels = (request: object) => {
    const { stopLoss, takeProfit } = bench.check({ quantity: 1, price: 2000, ...request }).data.sizing;
    return [stopLoss, takeProfit];
  };
  assert.deepEqual(levels({}), [1980, 2060]);
  assert.deepEqual(levels({ stopLoss: 1990, takeProfit: 2001 }), [1990, 2001]);
  assert.deepEqual(levels({ stopLoss: 1970, takeProfit: 2500 }), [1980, 2500]);
  assert.deepEqual(levels({ side: 'SHORT', stopLoss: 2030 }), [2020, 1940]);
});

test('a limit entry is cancelled at expiresAt, the rest of a partly filled one too', () => {
  const bench = openBench({ venue: 'none' }).price('ETHUSDT', 2000);
  bench.open({ requestId: 'q', quantity: 1, price: 1990, expiresAt: START + 3000 });
  bench.order({
    ref: 'q:entry',
    symbol: { name: 'ETHUSDT' },
    status: 'PARTIALLY_FILLED',
    quantityExecuted: 0.4,
    priceExecuted: 1990,
  });
  bench.at(2999);
  assert.equal(bench.last('ORDER_INTENT', 'CANCEL'), undefined);
  bench.at(3000);
  assert.equal(bench.last('ORDER_INTENT', 'CANCEL')?.ts, START + 3000);
  assert.equal(bench.engine.accounts[0]!.reservedNotional, 0.6 * 1990, 'reserved until the venue says it is gone');
  bench.order({
    ref: 'q:entry',
    symbol: { name: 'ETHUSDT' },
    status: 'CANCELED',
    quantityExecuted: 0.4,
    priceExecuted: 1990,
  });
  assert.equal(bench.engine.accounts[0]!.reservedNotional, 0);
});

test('an approved advisor decision is an open request; it needs no detector', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  const [decision] = bench.request('open', { quantity: 1, detectorSysname: undefined }, 'ADVISOR');
  assert.equal(decision?.code, 'OK');
});

test('a fill ends a reservation, whatever else is on its way', () => {
  const bench = openBench({ venue: 'none' }).price('ETHUSDT', 2000).price('SOLUSDT', 150);
  bench.open({ requestId: 'a', quantity: 1, price: 2000 });
  bench.open({ requestId: 'b', symbol: 'SOLUSDT', quantity: 10, price: 150 });
  const account = bench.engine.accounts[0]!;
  assert.deepEqual([account.reservedNotional, account.reservedMargin], [3500, 350]);
  bench.order({
    ref: 'a:entry',
    symbol: { name: 'ETHUSDT' },
    status: 'FILLED',
    quantityExecuted: 1,
    priceExecuted: 2000,
  });
  assert.deepEqual([account.reservedNotional, account.reservedMargin], [1500, 150]);
  bench.order({ ref: 'b:entry', symbol: { name: 'SOLUSDT' }, status: 'REJECTED', reason: 'MARGIN' });
  assert.deepEqual([account.reservedNotional, account.reservations.size], [0, 0]);
});
