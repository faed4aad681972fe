import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GovernorLock, GovernorState } from '@inspector/contract';
import { circuitSentences, lockWords, readGovernor } from './governor-reading.ts';

const governor = (fields: Partial<GovernorState> = {}): GovernorState => ({
  action: 'ALLOW',
  reasons: [],
  locks: [],
  killSwitch: { state: 'IDLE' },
  circuit: {},
  cooldowns: [],
  seq: 1,
  ...fields,
});

const lock = (fields: Partial<GovernorLock> = {}): GovernorLock => ({
  scope: 'account:paper:futures',
  code: 'DAILY_LOSS',
  action: 'STAND_DOWN',
  since: 1_000,
  until: 9_000,
  actor: 'engine',
  ...fields,
});

test('with nothing in force nothing began and nothing ends', () => {
  const { title, why, since, until } = readGovernor(governor());
  assert.deepEqual({ title, why, since, until }, { title: 'ALLOW', why: [], since: null, until: null });
});

test('the locks of the action in force say why, since the first and until the last', () => {
  const locks = [
    lock({ reason: 'DAILY_LOSS reached 5.2 of 5 %' }),
    lock({ code: 'CONSECUTIVE_LOSSES', since: 500, until: 20_000 }),
    lock({ code: 'TRADES_PER_DAY', action: 'BLOCK', since: 1 }),
  ];
  const reading = readGovernor(governor({ action: 'STAND_DOWN', reasons: ['DAILY_LOSS'], locks }));
  assert.equal(reading.title, 'STAND DOWN');
  assert.deepEqual(reading.why, [
    'Daily loss reached 5.20 % of 5.00 %, paper:futures',
    'Losses in a row, paper:futures',
  ]);
  assert.equal(reading.since, 500);
  assert.equal(reading.until, 20_000);
});

test('one lock without an end leaves the end to a person', () => {
  const locks = [lock(), lock({ code: 'STAND_DOWN_ACTIVE', until: null, actor: 'anna', reason: 'maintenance' })];
  const reading = readGovernor(governor({ action: 'STAND_DOWN', locks }));
  assert.equal(reading.until, 'by hand');
  assert.equal(lockWords(locks[1] as GovernorLock), 'Stand-down by hand, paper:futures: maintenance');
});

test('a kill switch stands before the action, until the venue shows flat and it is re-armed', () => {
  const running = governor({
    action: 'CLOSE_ALL',
    killSwitch: { state: 'CLOSING', incidentId: 'k1', scopes: ['global'], since: 700 },
  });
  const { title, tone, since, until } = readGovernor(running);
  assert.deepEqual(
    { title, tone, since, until },
    { title: 'KILL', tone: 'bad', since: 700, until: 'flat and by hand' },
  );
  const stuck = readGovernor(governor({ killSwitch: { state: 'STUCK', since: 700 } }));
  assert.deepEqual([stuck.title, stuck.until], ['KILL STUCK', 'flat and by hand']);
  const flat = readGovernor(governor({ killSwitch: { state: 'VERIFIED_FLAT', since: 700 } }));
  assert.deepEqual([flat.title, flat.until], ['FLAT', 'by hand']);
  assert.equal(readGovernor(governor({ killSwitch: { state: 'REARMED', since: 700 } })).title, 'ALLOW');
});

test('what shuts entries without a lock is said per account', () => {
  const circuit = {
    'paper:futures': { reconciled: true, streamGap: false, equityKnown: true, stressed: false },
    'binance:futures': { reconciled: false, streamGap: true, equityKnown: false, stressed: true },
  };
  assert.deepEqual(circuitSentences({ circuit: {} }), []);
  const sentences = circuitSentences({ circuit });
  assert.equal(sentences.length, 4);
  assert.ok(sentences.every((sentence) => sentence.startsWith('binance:futures: ')));
});
