import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHART_CANDLES_LIMIT, withReading, withTick } from './running-candle.ts';

const MINUTE = 60_000;
const candle = (time: number, close: number) => ({ time, open: 100, high: 101, low: 99, close, volume: 5 });
const two = [candle(0, 100), candle(MINUTE, 100.5)];

test('a price inside the running candle moves its close alone', () => {
  const next = withTick(two, { price: 100.2, ts: MINUTE + 10 }, MINUTE);
  assert.deepEqual(next.at(-1), { ...candle(MINUTE, 100.2) });
  assert.equal(next.length, 2);
});

test('a price outside of it is its new extreme', () => {
  assert.equal(withTick(two, { price: 103, ts: MINUTE + 10 }, MINUTE).at(-1)?.high, 103);
  assert.equal(withTick(two, { price: 98, ts: 2 * MINUTE - 1 }, MINUTE).at(-1)?.low, 98);
});

test('the first price of the next interval begins a candle', () => {
  const next = withTick(two, { price: 103, ts: 2 * MINUTE }, MINUTE);
  assert.deepEqual(next.at(-1), { time: 2 * MINUTE, open: 103, high: 103, low: 103, close: 103, volume: 0 });
  assert.equal(next.length, 3);
});

test('a price of an ended candle, or none, changes nothing', () => {
  assert.equal(withTick(two, { price: 200, ts: MINUTE - 1 }, MINUTE), two);
  assert.equal(withTick(two, { price: 0, ts: MINUTE + 1 }, MINUTE), two);
  assert.equal(withTick(two, { price: 100.5, ts: MINUTE + 1 }, MINUTE), two);
});

test('before the first reading there is nothing to move', () => {
  assert.deepEqual(withTick([], { price: 100, ts: 1 }, MINUTE), []);
});

test('the chart keeps its newest candles', () => {
  const full = Array.from({ length: CHART_CANDLES_LIMIT }, (_, at) => candle(at * MINUTE, 100));
  const next = withTick(full, { price: 100, ts: CHART_CANDLES_LIMIT * MINUTE }, MINUTE);
  assert.equal(next.length, CHART_CANDLES_LIMIT);
  assert.equal(next[0]?.time, MINUTE);
});

test('a reading that is behind does not take back what was seen live', () => {
  const live = withTick(two, { price: 104, ts: MINUTE + 10 }, MINUTE);
  const merged = withReading(live, [candle(0, 100), candle(MINUTE, 100.6)]);
  assert.deepEqual(merged.at(-1), { ...candle(MINUTE, 104), high: 104 });
  const begun = withTick(live, { price: 105, ts: 2 * MINUTE }, MINUTE);
  const kept = withReading(begun, two);
  assert.equal(kept.length, 3);
  assert.equal(kept[1]?.close, 100.5);
  assert.equal(kept[2]?.close, 105);
});

test('a reading of another stretch replaces what was shown; an empty one does not', () => {
  assert.deepEqual(withReading(two, [candle(5 * MINUTE, 7)]), [candle(5 * MINUTE, 7)]);
  assert.equal(withReading(two, []), two);
});
