import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

const decide = (tradeSettings: object, request: Record<string, unknown>) =>
  openBench({ options: { tradeSettings } })
    .price('ETHUSDT', 2000)
    .open({ quantity: 1, ...request });

test('passes at maxLeverage, refuses with LEVERAGE above it', () => {
  assert.equal(decide({ maxLeverage: 20 }, { leverage: 20 }).code, 'OK');
  assert.equal(decide({ maxLeverage: 20 }, { leverage: 21 }).code, 'LEVERAGE');
});

test('refuses with LEVERAGE above the venue’s own maximum, also when maxLeverage is off', () => {
  assert.equal(decide({ maxLeverage: 0 }, { leverage: 125 }).code, 'OK');
  assert.equal(decide({ maxLeverage: 0 }, { leverage: 126 }).code, 'LEVERAGE');
});

test('a request without one takes defaultLeverage', () => {
  const decision = decide({ maxLeverage: 20, defaultLeverage: 7 }, {});
  assert.deepEqual([decision.code, decision.data.sizing.leverage], ['OK', 7]);
});
