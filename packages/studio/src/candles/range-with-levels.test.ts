import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rangeWithLevels } from './range-with-levels.ts';

const candles = { minValue: 100, maxValue: 110 };

test('a level inside changes nothing', () => {
  assert.deepEqual(rangeWithLevels(candles, [105, 100, 110]), candles);
});

test('near levels are brought into sight on both sides', () => {
  assert.deepEqual(rangeWithLevels(candles, [95, 120]), { minValue: 95, maxValue: 120 });
});

test('a level that would flatten the candles stays outside, the nearer one does not', () => {
  assert.deepEqual(rangeWithLevels(candles, [500, 112]), { minValue: 100, maxValue: 112 });
  assert.deepEqual(rangeWithLevels(candles, [160]), { minValue: 100, maxValue: 160 });
  assert.deepEqual(rangeWithLevels(candles, [160.01]), candles);
});

test('candles without height still leave room', () => {
  const flat = rangeWithLevels({ minValue: 1000, maxValue: 1000 }, [1002.9, 1100]);
  assert.deepEqual(flat, { minValue: 1000, maxValue: 1002.9 });
});
