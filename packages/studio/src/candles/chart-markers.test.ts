import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHART_MARKERS_LIMIT, type ChartEvent, chartMarkers } from './chart-markers.ts';

const MINUTE = 60_000;
const event = (ts: number, given: Partial<ChartEvent> = {}): ChartEvent => ({
  ts,
  kind: 'fill',
  direction: 'up',
  tone: 'good',
  price: null,
  ...given,
});

test('fills are arrows, allowed decisions circles, refused ones squares', () => {
  const shapes = chartMarkers(
    [
      event(MINUTE),
      event(2 * MINUTE, { direction: 'down' }),
      event(3 * MINUTE, { kind: 'decision' }),
      event(4 * MINUTE, { kind: 'decision', tone: 'alert' }),
    ],
    0,
    MINUTE,
  ).map(({ shape }) => shape);
  assert.deepEqual(shapes, ['arrowUp', 'arrowDown', 'circle', 'square']);
});

test('a mark stands on the candle that its event fell into, and rises by time', () => {
  const markers = chartMarkers([event(2 * MINUTE - 1), event(MINUTE - 1)], 0, MINUTE);
  assert.deepEqual(
    markers.map(({ time }) => time),
    [0, MINUTE],
  );
});

test('several of a kind on one candle are one mark with their number', () => {
  const markers = chartMarkers([event(10), event(20), event(30, { direction: 'down' })], 0, MINUTE);
  assert.equal(markers.length, 2);
  assert.equal(markers[0]?.text, '2');
  assert.equal(markers[1]?.text, undefined);
});

test('what came before the first candle, and other kinds, are not marked', () => {
  assert.deepEqual(chartMarkers([event(MINUTE - 1), event(MINUTE, { kind: 'protection' })], MINUTE, MINUTE), []);
  assert.equal(chartMarkers([event(MINUTE)], MINUTE, MINUTE).length, 1);
});

test('the newest marks are kept', () => {
  const many = Array.from({ length: CHART_MARKERS_LIMIT + 5 }, (_, at) => event(at * MINUTE));
  const markers = chartMarkers(many, 0, MINUTE);
  assert.equal(markers.length, CHART_MARKERS_LIMIT);
  assert.equal(markers[0]?.time, 5 * MINUTE);
});
