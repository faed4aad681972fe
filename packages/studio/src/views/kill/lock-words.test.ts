import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lockEnd, needsBaseline } from './lock-words.ts';

test('a lock is ended the way that it was set', () => {
  assert.equal(lockEnd({ code: 'STAND_DOWN_ACTIVE' }), 'stand-down');
  assert.equal(lockEnd({ code: 'DAILY_LOSS' }), 'rearm');
  assert.deepEqual([needsBaseline({ code: 'DRAWDOWN' }), needsBaseline({ code: 'DAILY_LOSS' })], [true, false]);
});
