import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exceeds, isBelow, isSame, reaches } from './compare.ts';
import { hashText, traceIdOf } from './hash.ts';
import { ceilToStep, floorToStep } from './rounding.ts';

test('a value within 1e-9 of a limit is at the limit', () => {
  for (const limit of [0.001, 1, 2, 5e7]) {
    for (const value of [limit * (1 + 9e-10), limit, limit * (1 - 9e-10)]) {
      assert.deepEqual([reaches(value, limit), exceeds(value, limit), isBelow(value, limit)], [true, false, false]);
      assert.equal(isSame(value, limit), true);
    }
    assert.deepEqual([exceeds(limit * (1 + 2e-9), limit), isBelow(limit * (1 - 2e-9), limit)], [true, true]);
    assert.equal(reaches(limit * (1 - 2e-9), limit), false);
  }
});

test('what overflowed is the same as itself, or an order would be replaced without end', () => {
  assert.equal(isSame(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY), true);
  assert.equal(isSame(Number.NaN, Number.NaN), false);
});

test('an unknown value reaches, exceeds and undercuts nothing', () => {
  assert.deepEqual([reaches(Number.NaN, 1), exceeds(Number.NaN, 1), isBelow(Number.NaN, 1)], [false, false, false]);
});

test('rounding gives the decimal multiple, and takes a value within 1e-9 of one as that one', () => {
  assert.equal(floorToStep(0.1 + 0.2, 0.1), 0.3);
  assert.equal(floorToStep(0.29999999999, 0.1), 0.3);
  assert.equal(floorToStep(0.2999, 0.1), 0.2);
  assert.equal(ceilToStep(1980.0099, 0.01), 1980.01);
  assert.equal(ceilToStep(1980.0100000000002, 0.01), 1980.01);
  assert.equal(floorToStep(123.456, 0), 123.456);
  assert.equal(floorToStep(17, 5), 15);
});

test('ids have a fixed shape and differ', () => {
  const ids = new Set(Array.from({ length: 10_000 }, (_, index) => hashText(`account|ENTRY|${index}`)));
  assert.equal(ids.size, 10_000);
  for (const id of ids) assert.match(id, /^[0-9a-z]{22}$/);
  assert.match(traceIdOf('x'), /^[0-9a-f]{32}$/);
});
