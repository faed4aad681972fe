import assert from 'node:assert/strict';
import { test } from 'node:test';
import { positionValue } from './position-value.ts';
import { positionSample } from './testing/position-sample.ts';

test('a LONG gains with the price, and the stop is farther away', () => {
  const value = positionValue(positionSample({ side: 'LONG', quantity: 2, entryPrice: 100, stopLoss: 99 }), 110);
  assert.equal(value.unrealizedPnlUsd, 20);
  assert.equal(Math.round((value.unrealizedPnlPct ?? 0) * 1e9) / 1e9, 10);
  assert.equal(value.notionalUsd, 220);
  assert.equal(value.stopDistancePct, 10);
});

test('a SHORT loses with the same price', () => {
  const value = positionValue(positionSample({ side: 'SHORT', quantity: 2, entryPrice: 100, stopLoss: 121 }), 110);
  assert.equal(value.unrealizedPnlUsd, -20);
  assert.equal(value.stopDistancePct, 10);
});

test('a price beyond the stop is at a distance below 0', () => {
  const value = positionValue(positionSample({ side: 'LONG', entryPrice: 100, stopLoss: 99 }), 98);
  assert.ok((value.stopDistancePct ?? 0) < 0);
});

test('without a newer price, or with one of 0, the figures are the server’s', () => {
  const position = positionSample({ markPrice: null, unrealizedPnlUsd: null, unrealizedPnlPct: -1.5, notionalUsd: 7 });
  for (const price of [undefined, 0, Number.NaN]) {
    assert.deepEqual(positionValue(position, price), {
      markPrice: null,
      unrealizedPnlUsd: null,
      unrealizedPnlPct: -1.5,
      notionalUsd: 7,
      stopDistancePct: position.stopDistancePct,
    });
  }
});

test('without a stop there is no distance to it', () => {
  assert.equal(positionValue(positionSample({ stopLoss: null }), 100).stopDistancePct, null);
});
