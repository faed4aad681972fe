import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

const decide = (request: Record<string, unknown>) =>
  openBench({ options: { tradeSettings: { maxOrderNotionalUsd: 2000.01 } } })
    .price('ETHUSDT', 2000)
    .open(request);

test('passes at the limit, refuses with ORDER_NOTIONAL when quantity × price exceeds it', () => {
  assert.equal(decide({ quantity: 1 }).code, 'OK', 'a LONG is judged by the ask, 2000.01');
  assert.equal(decide({ quantity: 1.001 }).code, 'ORDER_NOTIONAL');
  assert.equal(decide({ quantity: 1, side: 'SHORT' }).code, 'OK', 'a SHORT by the bid');
  const decision = decide({ quantity: 1.1, price: 2000 });
  assert.deepEqual([decision.code, decision.data.violations[0]?.observed], ['ORDER_NOTIONAL', 2200]);
});

test('an order alone counts: what is held does not', () => {
  const bench = openBench({ options: { tradeSettings: { maxOrderNotionalUsd: 2001 } } }).price('ETHUSDT', 2000);
  bench.open({ quantity: 1 });
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});
