import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createServerClock } from './server-clock.ts';

test('a browser whose clock is wrong counts by the server, one that is right is not moved by the way of an answer', () => {
  let local = 1_000_000;
  const clock = createServerClock(() => local);
  clock.heard(local - 900);
  assert.equal(clock.now(), local);
  clock.heard(local + 3_600_000);
  local += 5_000;
  assert.equal(clock.now(), local + 3_600_000);
});
