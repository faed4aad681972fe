import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBackoff } from './backoff.ts';

test('pauses double up to a longest, then it gives up', () => {
  const backoff = createBackoff();
  const pauses = Array.from({ length: 11 }, () => backoff.pauseAfter(0));
  assert.deepEqual(pauses, [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 15_000, 15_000, undefined]);
});

test('a run of 30 s breaks the row, a shorter one does not', () => {
  const backoff = createBackoff();
  backoff.pauseAfter(0);
  assert.equal(backoff.pauseAfter(29_999), 1_000);
  assert.equal(backoff.pauseAfter(30_000), 500);
  assert.equal(backoff.pauseAfter(0), 1_000);
});
