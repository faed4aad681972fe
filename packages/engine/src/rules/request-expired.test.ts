import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf, openBench, START } from '#testing/bench.ts';

test('refuses with REQUEST_EXPIRED when expiresAt is before now, and judges no further rule', () => {
  const bench = openBench().at(1000);
  const decision = bench.open({ symbol: 'NOSUCHUSDT', quantity: 1, expiresAt: START + 999 });
  assert.deepEqual(codesOf(decision), ['REQUEST_EXPIRED']);
});

test('passes at expiresAt itself', () => {
  const bench = openBench().at(1000).price('ETHUSDT', 2000);
  assert.equal(bench.open({ quantity: 1, expiresAt: START + 1000 }).code, 'OK');
});

test('an invalid request that has expired is invalid first', () => {
  const bench = openBench().at(1000);
  assert.deepEqual(codesOf(bench.open({ quantity: -1, expiresAt: START })), ['REQUEST_INVALID']);
});
