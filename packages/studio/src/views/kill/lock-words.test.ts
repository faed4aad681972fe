import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lockEnd, needsBaseline, secondActorFault } from './lock-words.ts';

test('a lock is ended the way that it was set, and a second person is another one', () => {
  assert.equal(lockEnd({ code: 'STAND_DOWN_ACTIVE' }), 'stand-down');
  assert.equal(lockEnd({ code: 'DAILY_LOSS' }), 'rearm');
  assert.deepEqual([needsBaseline({ code: 'DRAWDOWN' }), needsBaseline({ code: 'DAILY_LOSS' })], [true, false]);
  assert.match(secondActorFault(' ', 'ann') ?? '', /second person/);
  assert.match(secondActorFault('ann ', 'ann') ?? '', /somebody else/);
  assert.equal(secondActorFault('bob', 'ann'), null);
});
