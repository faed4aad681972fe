import assert from 'node:assert/strict';
import test from 'node:test';
import { setImmediate as settled } from 'node:timers/promises';
import { createSimulatedClock } from '../runner/simulated-clock.ts';
import { createLaneQueue, LANE_PATIENCE_MS } from './lane-queue.ts';

function openBench(limits = { running: 4, runningEntries: 2 }) {
  const clock = createSimulatedClock(0);
  const queue = createLaneQueue(limits, clock);
  const began: string[] = [];
  const done = new Map<string, () => void>();
  const add = (name: string, lane: string, isEntry = false) =>
    queue.add({
      lane,
      isEntry,
      run: () => {
        began.push(name);
        return new Promise((resolve) => done.set(name, resolve));
      },
    });
  const end = async (name: string) => {
    done.get(name)?.();
    await settled();
  };
  return { clock, queue, began, add, end };
}

test('jobs of a lane run one after the other, those of others beside them', async () => {
  const { began, add, end } = openBench();
  add('stop', 'BTC');
  add('close', 'BTC');
  add('other', 'ETH');
  assert.deepEqual(began, ['stop', 'other']);
  await end('stop');
  assert.deepEqual(began, ['stop', 'other', 'close']);
});

test('a job that is not answered holds its lane for the patience and not longer', async () => {
  const { clock, queue, began, add, end } = openBench();
  add('stop', 'BTC');
  add('close', 'BTC');
  add('later', 'BTC');
  clock.advance(LANE_PATIENCE_MS - 1);
  assert.deepEqual(began, ['stop']);
  clock.advance(1);
  assert.deepEqual(began, ['stop', 'close'], 'the close goes, and holds the lane in its turn');
  await end('stop');
  assert.deepEqual(began, ['stop', 'close'], 'the end of the first is not the end of the second');
  await end('close');
  assert.deepEqual(began, ['stop', 'close', 'later']);
  await end('later');
  assert.equal(queue.running, 0);
});

test('entries leave room for exits', () => {
  const { began, add } = openBench({ running: 2, runningEntries: 1 });
  add('entry 1', 'a', true);
  add('entry 2', 'b', true);
  add('exit', 'c');
  assert.deepEqual(began, ['entry 1', 'exit']);
});
