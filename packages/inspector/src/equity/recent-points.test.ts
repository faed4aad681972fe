import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRecentPoints, RECENT_MS } from './recent-points.ts';
import { pointAt } from './testing/points.ts';

const times = (points: readonly { ts: number }[]) => points.map(({ ts }) => ts);

test('an hour is kept: the point of an hour ago stays, the one before it goes', () => {
  const recent = createRecentPoints();
  assert.deepEqual([recent.oldestTs, recent.newestTs], [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  recent.add([pointAt(999)]);
  recent.add([pointAt(1_000)]);
  recent.add([pointAt(1_000 + RECENT_MS)]);
  assert.deepEqual(times(recent.since(0)), [1_000, 1_000 + RECENT_MS]);
  assert.deepEqual([recent.oldestTs, recent.newestTs], [1_000, 1_000 + RECENT_MS]);
});

test('since takes its own moment in', () => {
  const recent = createRecentPoints();
  for (const ts of [1, 2, 3]) recent.add([pointAt(ts)]);
  assert.deepEqual(times(recent.since(2)), [2, 3]);
  assert.deepEqual(times(recent.since(4)), []);
});

test('past the limit whole moments go, so that no account is missing from the oldest on', () => {
  const recent = createRecentPoints(4);
  const moment = (ts: number) => [pointAt(ts, { accountKey: 'a' }), pointAt(ts, { accountKey: 'b' })];
  for (const ts of [1, 2]) recent.add(moment(ts));
  assert.equal(recent.oldestTs, 1);
  recent.add([pointAt(3)]);
  assert.deepEqual(times(recent.since(0)), [2, 2, 3]);
  for (let ts = 4; ts < 1_000; ts += 1) recent.add(moment(ts));
  assert.deepEqual(times(recent.since(0)), [998, 998, 999, 999]);
});
