import assert from 'node:assert/strict';
import { test } from 'node:test';
import { REFUSAL_ADDRESSES_LIMIT, REFUSAL_WINDOW_MS, REFUSALS_PER_WINDOW } from './bounds.ts';
import { createRefusals } from './refusals.ts';

test('an address waits from its last allowed refusal until the window ends', () => {
  const refusals = createRefusals();
  for (let n = 1; n < REFUSALS_PER_WINDOW; n += 1) refusals.count('a', 0);
  assert.equal(refusals.waitMs('a', 0), 0);
  refusals.count('a', 0);
  assert.equal(refusals.waitMs('a', 1_000), REFUSAL_WINDOW_MS - 1_000);
  assert.equal(refusals.waitMs('b', 1_000), 0);
  assert.equal(refusals.waitMs('a', REFUSAL_WINDOW_MS), 0);
});

test('the address that began longest ago is forgotten when too many are counted', () => {
  const refusals = createRefusals();
  for (let n = 0; n < REFUSALS_PER_WINDOW; n += 1) refusals.count('first', 0);
  for (let n = 1; n < REFUSAL_ADDRESSES_LIMIT; n += 1) refusals.count(`n${n}`, 0);
  assert.ok(refusals.waitMs('first', 0) > 0);
  refusals.count('one more', 0);
  assert.equal(refusals.waitMs('first', 0), 0);
});
