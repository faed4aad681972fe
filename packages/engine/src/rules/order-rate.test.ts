import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf, openBench } from '#testing/bench.ts';

const options = { tradeSettings: { maxOrdersPerSecond: 2 } };

test('throttles with ORDER_RATE when the approvals of the last second reach the limit; nothing is queued', () => {
  const bench = openBench({ options }).price('ETHUSDT', 2000);
  bench.open({ quantity: 1 });
  bench.at(400);
  bench.open({ quantity: 1 });
  const decision = bench.open({ requestId: 'late', quantity: 1 });
  assert.deepEqual([decision.code, decision.data.decision], ['ORDER_RATE', 'THROTTLE']);
  bench.at(999);
  assert.equal(bench.open({ quantity: 1 }).code, 'ORDER_RATE');
  bench.at(1000);
  assert.equal(bench.open({ quantity: 1 }).code, 'OK', 'the first approval is a second old');
  bench.wait(10_000);
  assert.ok(!bench.of('ORDER_SENT').some(({ requestId }) => requestId === 'late'));
});

test('only approvals count: neither refusals, nor checks, nor exits', () => {
  const bench = openBench({ options }).price('ETHUSDT', 2000);
  bench.open({ quantity: 1 });
  for (let count = 0; count < 5; count++) {
    bench.open({ symbol: 'HALTUSDT', quantity: 1 });
    bench.check({ quantity: 1 });
    bench.exit('reduce', { quantity: 0.1 });
  }
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});

test('comes last: with another refusal the decision is a BLOCK', () => {
  const bench = openBench({ options: { tradeSettings: { maxOrdersPerSecond: 1, maxOrderNotionalUsd: 3000 } } });
  bench.price('ETHUSDT', 2000).open({ quantity: 1 });
  const decision = bench.open({ quantity: 2 });
  assert.deepEqual(codesOf(decision), ['ORDER_NOTIONAL', 'ORDER_RATE']);
  assert.equal(decision.data.decision, 'BLOCK');
});
