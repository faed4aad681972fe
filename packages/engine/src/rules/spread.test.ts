import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench, skippedOf } from '#testing/bench.ts';

const options = { assetManagement: { spreadTolerancePercent: 1 } };
const wide = (half: number) => ({ bids: [[100 - half, 1000]] as const, asks: [[100 + half, 1000]] as const });

test('passes at the tolerance, refuses with SPREAD when the spread exceeds it', () => {
  assert.equal(openBench({ options }).book('SOLUSDT', wide(0.5)).open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'OK');
  const decision = openBench({ options }).book('SOLUSDT', wide(0.51)).open({ symbol: 'SOLUSDT', quantity: 1 });
  assert.equal(decision.code, 'SPREAD');
  assert.ok(Math.abs(decision.data.violations[0]!.observed! - 1.02) < 1e-9);
});

test('refuses with SPREAD when the book is older than priceStaleMs, though the price is fresh', () => {
  const bench = openBench({ options }).book('SOLUSDT', wide(0.1)).at(5000).mark('SOLUSDT', 100);
  assert.equal(bench.open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'OK');
  bench.at(5001).mark('SOLUSDT', 100);
  assert.equal(bench.open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'SPREAD');
});

test('is skipped where there has never been a book', () => {
  const decision = openBench({ options }).mark('SOLUSDT', 100).open({ symbol: 'SOLUSDT', quantity: 1 });
  assert.equal(decision.code, 'OK');
  assert.deepEqual(skippedOf(decision), ['SPREAD']);
});
