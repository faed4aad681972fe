import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChartEvent } from './chart-markers.ts';
import { stretchOf } from './stretch.ts';

const event = (ts: number, given: Partial<ChartEvent> = {}): ChartEvent => ({
  ts,
  kind: 'position',
  direction: null,
  tone: 'accent',
  price: 100,
  ...given,
});

test('a position lasts from its entry to the first close since', () => {
  const events = [event(90), event(80, { price: null }), event(50), event(20, { price: null }), event(10)];
  assert.deepEqual(stretchOf(20, events), { from: 20, to: 50 });
  assert.deepEqual(stretchOf(80, events), { from: 80, to: 90 });
});

test('one that is open goes on, whatever else happens', () => {
  const events = [event(60, { kind: 'fill' }), event(20, { price: null }), event(10)];
  assert.deepEqual(stretchOf(20, events), { from: 20, to: null });
});

test('a market has no lifetime', () => {
  assert.equal(stretchOf(undefined, [event(10)]), null);
});
