import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HeadroomEntry } from '@inspector/contract';
import { nearnessOf, sortHeadroom } from './headroom-order.ts';

const entry = (code: string, usedPct: number | null, timeToTripSec: number | null = null): HeadroomEntry => ({
  code,
  scope: 'account:paper:futures',
  observed: usedPct,
  limit: 100,
  unit: '%',
  usedPct,
  distance: usedPct === null ? null : 100 - usedPct,
  timeToTripSec,
  action: 'BLOCK',
});

test('the nearest comes first: reached, then soon, then by use, and the unknown last', () => {
  const sorted = sortHeadroom([
    entry('FAR', 10),
    entry('UNKNOWN', null),
    entry('FULL', 90),
    entry('SOON', 40, 60),
    entry('LATER', 50, 3_600),
    entry('REACHED', 100),
    entry('OVER', 120),
  ]);
  assert.deepEqual(
    sorted.map(({ code }) => code),
    ['OVER', 'REACHED', 'SOON', 'FULL', 'LATER', 'FAR', 'UNKNOWN'],
  );
});

test('figures that tremble do not make rows change places', () => {
  const order = (a: number, b: number) => sortHeadroom([entry('B', b), entry('A', a)]).map(({ code }) => code);
  assert.deepEqual(order(20.1, 20.2), ['A', 'B']);
  assert.deepEqual(order(20.2, 20.1), ['A', 'B']);
});

test('each bound of nearness belongs to the nearer side', () => {
  assert.deepEqual(
    [49.9, 50, 79.9, 80, 99.9, 100].map((used) => nearnessOf(entry('X', used))),
    ['far', 'watch', 'watch', 'near', 'near', 'reached'],
  );
  assert.equal(nearnessOf(entry('X', 5, 60)), 'near');
  assert.equal(nearnessOf(entry('X', 0.9, 60)), 'far', 'a pace from next to nothing brings nothing near');
  assert.equal(nearnessOf(entry('X', null)), 'unknown');
});
