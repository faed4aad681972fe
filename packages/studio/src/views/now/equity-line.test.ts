import assert from 'node:assert/strict';
import { test } from 'node:test';
import { equityLine } from './equity-line.ts';

const point = (accountKey: string, ts: number, equityUsd: number) => ({ accountKey, ts, equityUsd });

test('one account is its own line', () => {
  assert.deepEqual(equityLine([point('a', 1, 10), point('a', 2, 12)]), [10, 12]);
  assert.deepEqual(equityLine([]), []);
});

test('accounts are added as they stood, and only once all are known', () => {
  const points = [point('a', 1, 10), point('a', 2, 11), point('b', 2, 100), point('a', 3, 12), point('b', 3, 90)];
  assert.deepEqual(equityLine(points), [111, 102]);
});
