import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fittingInterval, openingRange } from './opening-range.ts';

const MINUTE = 60_000;
const candles = Array.from({ length: 600 }, (_, index) => ({
  time: index * MINUTE,
  open: 1,
  high: 1,
  low: 1,
  close: 1,
  volume: 1,
}));

test('the interval is the shortest that does not make too many candles of a stretch', () => {
  const intervalOf = (minutes: number) => fittingInterval({ from: 0, to: minutes * MINUTE }, 0);
  assert.deepEqual([2, 100, 101, 500, 1_500, 1_501, 1e6].map(intervalOf), ['1m', '1m', '5m', '5m', '15m', '1h', '1h']);
  assert.equal(fittingInterval({ from: 0, to: null }, 200 * MINUTE), '5m');
});

test('a short trade stands in the middle of two dozen candles', () => {
  const { from, to } = openingRange(candles, { from: 300.5 * MINUTE, to: 302.5 * MINUTE });
  assert.deepEqual([from, to], [289, 313]);
});

test('a long one is whole, with room before and after', () => {
  assert.deepEqual(openingRange(candles, { from: 200 * MINUTE, to: 299 * MINUTE }), { from: 175, to: 324 });
});

test('one that goes on ends at the newest candle, with the room of the labels', () => {
  assert.deepEqual(openingRange(candles, { from: 598 * MINUTE, to: null }), { from: 579, to: 603 });
});

test('without a stretch, and for one before the first candle, the newest candles are in sight', () => {
  assert.deepEqual(openingRange(candles, null), { from: 510, to: 604 });
  const late = candles.slice(500);
  assert.deepEqual(openingRange(late, { from: 5 * MINUTE, to: 9 * MINUTE }), { from: 10, to: 104 });
});
