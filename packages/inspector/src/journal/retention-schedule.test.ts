import assert from 'node:assert/strict';
import test from 'node:test';
import { createSimulatedClock } from '../runner/simulated-clock.ts';
import { batchOf } from './journal.contract.ts';
import type { Journal } from './journal.ts';
import { createMemoryJournal } from './memory-journal.ts';
import { startRetention } from './retention-schedule.ts';

const DAY_MS = 86_400_000;
const log = { info() {}, warn() {}, error() {} };

test('looks every 30 s and goes on in rounds until nothing more may go', () => {
  const clock = createSimulatedClock(100 * DAY_MS);
  const journal = createMemoryJournal();
  for (let i = 0; i < 3; i++) {
    journal.commit(batchOf(journal, [{ kind: 'clock', now: DAY_MS }], new Array(2000).fill({ ts: DAY_MS })), 'full');
  }
  journal.saveSnapshot({ input: 3, seq: 6000, state: {} });
  const stop = startRetention({ journal, limits: { days: 30, maxMb: 0 }, clock, log });
  clock.advance(29_999);
  assert.equal(journal.firstSeq, 1);
  clock.advance(1);
  assert.equal(journal.firstSeq, 2001);
  clock.advance(20);
  assert.equal(journal.firstSeq, 6001);
  stop();
});

test('a deletion that fails is tried again later, and ends with stop', () => {
  const clock = createSimulatedClock(0);
  let tries = 0;
  const journal: Journal = Object.create(createMemoryJournal(), {
    retain: {
      value: () => {
        tries++;
        throw new Error('the disk is full');
      },
    },
  });
  const stop = startRetention({ journal, limits: { days: 1, maxMb: 0 }, clock, log });
  clock.advance(60_000);
  assert.equal(tries, 2);
  stop();
  clock.advance(600_000);
  assert.equal(tries, 2);
});
