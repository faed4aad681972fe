import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tripBeside, tripSentence, tripWords } from './trip-words.ts';

const all = (usedPct: number | null, timeToTripSec: number | null) =>
  [tripWords, tripBeside, tripSentence].map((words) => words({ usedPct, timeToTripSec }));

test('a limit that is reached is said to be, and not to be met in 0 s', () => {
  assert.deepEqual(all(300, 0), ['reached', ', reached', 'It is reached.']);
  assert.deepEqual(all(100, null), ['reached', ', reached', 'It is reached.']);
});

test('from under one percent of use no time is extrapolated', () => {
  const none = ['not nearing', '', 'At the present pace it is not being approached.'];
  assert.deepEqual(all(0.9, 600), none);
  assert.deepEqual(all(null, 600), none);
  assert.deepEqual(all(1, 600), ['10 min', ', in 10 min', 'About 10 min at the present pace.']);
});

test('more than a day is far off', () => {
  assert.deepEqual(all(20, 86_401), ['over a day', '', 'More than a day at the present pace.']);
});
