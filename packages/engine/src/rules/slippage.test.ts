import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench, skippedOf } from '#testing/bench.ts';

const options = { assetManagement: { slippageTolerancePercent: 1 } };
/** Mid 100; 10 at 100.5, 10 at 101.5, 10 at 102.5 to buy, mirrored to sell. */
const book = {
  bids: [
    [99.5, 10],
    [98.5, 10],
    [97.5, 10],
  ] as const,
  asks: [
    [100.5, 10],
    [101.5, 10],
    [102.5, 10],
  ] as const,
};
const decide = (request: Record<string, unknown>) =>
  openBench({ options })
    .book('SOLUSDT', book)
    .open({ symbol: 'SOLUSDT', ...request });

test('passes when the mean of the walk is at the tolerance, refuses with SLIPPAGE past it', () => {
  assert.equal(decide({ quantity: 20 }).code, 'OK', '10 at 100.5 and 10 at 101.5 are 101 on average');
  assert.equal(decide({ quantity: 20.1 }).code, 'SLIPPAGE');
  assert.equal(decide({ quantity: 20, side: 'SHORT' }).code, 'OK');
  assert.equal(decide({ quantity: 20.1, side: 'SHORT' }).code, 'SLIPPAGE');
});

test('refuses with SLIPPAGE when the book is too thin for the quantity', () => {
  const decision = decide({ quantity: 31 });
  assert.equal(decision.code, 'SLIPPAGE');
  assert.match(decision.message, /too thin/);
});

test('of a limit order only the part counts that is marketable at its price', () => {
  assert.equal(decide({ quantity: 1000, price: 100.5 }).code, 'OK', '10 of 1000 trade now, at 100.5');
  assert.equal(decide({ quantity: 1000, price: 101.5 }).code, 'OK', '20 trade now, at 101 on average');
  assert.equal(decide({ quantity: 30, price: 102.5 }).code, 'SLIPPAGE');
  assert.equal(decide({ quantity: 1000, price: 99 }).code, 'OK', 'nothing trades now');
});

test('refuses with SLIPPAGE when the book is stale; is skipped where there has never been one', () => {
  const stale = openBench({ options }).book('SOLUSDT', book).at(5001).mark('SOLUSDT', 100);
  assert.equal(stale.open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'SLIPPAGE');
  const none = openBench({ options }).mark('SOLUSDT', 100).open({ symbol: 'SOLUSDT', quantity: 1 });
  assert.equal(none.code, 'OK');
  assert.deepEqual(skippedOf(none), ['SLIPPAGE']);
});
