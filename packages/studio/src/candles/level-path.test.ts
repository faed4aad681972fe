import assert from 'node:assert/strict';
import { test } from 'node:test';
import { levelPath } from './level-path.ts';

const times = [100, 200, 300, 400];
const change = (ts: number, price: number | null) => ({ ts, price });
const drawn = (changes: readonly ReturnType<typeof change>[], until: number | null = null) =>
  levelPath({ changes, until }, times).map(({ time, price, stands }) => [time, price, stands]);

test('a level holds from its candle to the newest, and steps where it changed', () => {
  assert.deepEqual(drawn([change(150, 9), change(300, 8)]), [
    [100, 9, true],
    [300, 8, true],
    [400, 8, true],
  ]);
});

test('a change belongs to the candle that it fell into: one before the next begins to the one before', () => {
  assert.deepEqual(drawn([change(299, 9)], 299), [[200, 9, true]]);
  assert.deepEqual(drawn([change(300, 9)], 300), [[300, 9, true]]);
});

test('of several changes in one candle the last is drawn', () => {
  assert.deepEqual(drawn([change(210, 9), change(220, 8)], 250), [[200, 8, true]]);
});

test('it ends where its position did, and what changed after that is another one’s', () => {
  assert.deepEqual(drawn([change(150, 9), change(350, 5)], 320), [
    [100, 9, true],
    [300, 9, true],
  ]);
});

test('a level that stood no more is left out until it stands again', () => {
  assert.deepEqual(drawn([change(150, 9), change(250, null), change(350, 8)]), [
    [100, 9, true],
    [200, 9, false],
    [300, 8, true],
    [400, 8, true],
  ]);
  assert.deepEqual(drawn([change(150, 9), change(250, null)]), [
    [100, 9, true],
    [200, 9, false],
  ]);
});

test('before the first candle it is the first candle’s, and without candles there is nothing', () => {
  assert.deepEqual(drawn([change(1, 9), change(50, 8)], 60), [[100, 8, true]]);
  assert.deepEqual(levelPath({ changes: [change(1, 9)], until: null }, []), []);
  assert.deepEqual(drawn([change(150, null)]), []);
});
