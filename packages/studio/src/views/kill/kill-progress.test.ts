import assert from 'node:assert/strict';
import { test } from 'node:test';
import { killProgress } from './kill-progress.ts';

const at = (phase: string, ts: number, orders = 0, positions = 0) => ({
  phase,
  ts,
  seq: ts,
  remaining: { orders, positions },
});

test('a kill that runs has done what leaves nothing, and is at the last of it', () => {
  const timeline = [
    at('TRIGGERED', 1000, 2, 1),
    at('BLOCKED', 1001, 2, 1),
    at('CANCELLING', 1002, 2, 1),
    at('CLOSING', 1005, 0, 1),
  ];
  const progress = killProgress({ phase: 'CLOSING', triggeredAt: 1000, timeline });
  assert.deepEqual(
    progress.steps.map(({ state, atMs, left }) => [state, atMs, left]),
    [
      ['done', 0, 0],
      ['done', 1, 0],
      ['done', 2, 0],
      ['current', 5, 1],
      ['waiting', null, 0],
    ],
  );
  assert.deepEqual(progress.remaining, { orders: 0, positions: 1 });
  assert.equal(progress.isFlat, false);
});

test('cancelling is not done while orders are left, whatever came after it', () => {
  const timeline = [
    at('TRIGGERED', 0, 4, 2),
    at('BLOCKED', 0, 4, 2),
    at('CANCELLING', 0, 4, 2),
    at('CLOSING', 0, 4, 2),
  ];
  const told = { phase: 'CLOSING', triggeredAt: 0, timeline } as const;
  const looks = (...given: Parameters<typeof killProgress>) =>
    killProgress(...given).steps.map(({ state, left }) => `${state} ${left}`);
  assert.deepEqual(looks(told).slice(2), ['current 4', 'current 2', 'waiting 0']);
  assert.deepEqual(looks(told, { orders: 0, positions: 1 }).slice(2), ['done 0', 'current 1', 'waiting 0']);
  assert.deepEqual(looks(told, { orders: 0, positions: 0 }).slice(2), ['done 0', 'current 0', 'waiting 0']);
});

test('a kill that began again is not flat any more, and says how often', () => {
  const timeline = [
    at('TRIGGERED', 0),
    at('BLOCKED', 0),
    at('CANCELLING', 1),
    at('CLOSING', 2),
    at('VERIFIED_FLAT', 500),
    at('CANCELLING', 900, 0, 1),
  ];
  const progress = killProgress({ phase: 'CANCELLING', triggeredAt: 0, timeline });
  assert.deepEqual(
    progress.steps.map(({ state }) => state),
    ['done', 'done', 'current', 'waiting', 'waiting'],
  );
  assert.equal(progress.restarts, 1);
  assert.equal(progress.isFlat, false);
});

test('a stuck kill stays at its step, a flat one has none left, a re-armed one stays flat', () => {
  const stuck = [
    at('TRIGGERED', 0),
    at('BLOCKED', 0),
    at('CANCELLING', 0),
    at('CLOSING', 0),
    at('STUCK', 10_000, 0, 1),
  ];
  const progress = killProgress({ phase: 'STUCK', triggeredAt: 0, timeline: stuck });
  assert.equal(progress.isStuck, true);
  assert.equal(progress.steps.find(({ state }) => state === 'current')?.step, 'CLOSING');
  const flat = [...stuck, at('VERIFIED_FLAT', 12_000)];
  assert.equal(
    killProgress({ phase: 'VERIFIED_FLAT', triggeredAt: 0, timeline: flat }).steps.every(
      ({ state }) => state === 'done',
    ),
    true,
  );
  const rearmed = killProgress({ phase: 'REARMED', triggeredAt: 0, timeline: [...flat, at('REARMED', 60_000)] });
  assert.deepEqual([rearmed.isFlat, rearmed.isRearmed, rearmed.isStuck], [true, true, false]);
});
