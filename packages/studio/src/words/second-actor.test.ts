import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secondActorFault, secondActorHelp } from './second-actor.ts';

test('a second person is another one', () => {
  assert.match(secondActorFault(' ', 'ann') ?? '', /second person/);
  assert.match(secondActorFault('ann ', 'ann') ?? '', /somebody else/);
  assert.equal(secondActorFault('bob', 'ann'), null);
});

test('the name is said to be recorded and not verified', () => {
  assert.match(secondActorHelp('ann'), /^You act as ann; .*recorded and not verified/);
});
