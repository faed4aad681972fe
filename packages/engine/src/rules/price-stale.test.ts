import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf, openBench } from '#testing/bench.ts';

test('passes when the price is priceStaleMs old, refuses with PRICE_STALE when it is older', () => {
  const bench = openBench().price('ETHUSDT', 2000).at(5000);
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
  const later = openBench().price('ETHUSDT', 2000).at(5001);
  const decision = later.open({ quantity: 1 });
  assert.deepEqual(codesOf(decision), ['PRICE_STALE']);
  assert.equal(decision.data.violations[0]?.observed, 5001);
});

test('age counts by the venue time, corrected for a constant offset of its clock', () => {
  const bench = openBench();
  for (let at = 0; at <= 3000; at += 1000) bench.at(at).mark('ETHUSDT', 2000, bench.now - 60_000);
  assert.equal(bench.open({ quantity: 1 }).code, 'OK', 'a constant offset is not staleness');
  bench.at(10_000).mark('ETHUSDT', 2000, bench.now - 60_000 - 5001);
  assert.equal(bench.open({ quantity: 1 }).code, 'PRICE_STALE', 'but a price that took 5,001 ms longer is stale');
});

test('a stricter priceStaleMs of the symbol or of the detector counts', () => {
  for (const overrides of [
    { symbols: { ETHUSDT: { tradeSettings: { priceStaleMs: 1000 } } } },
    { detectors: { det: { tradeSettings: { priceStaleMs: 1000 } } } },
  ]) {
    const bench = openBench({ options: { overrides } }).price('ETHUSDT', 2000).at(1000);
    assert.equal(bench.open({ quantity: 1 }).code, 'OK');
    bench.at(1001);
    assert.equal(bench.open({ quantity: 1 }).code, 'PRICE_STALE');
  }
});
