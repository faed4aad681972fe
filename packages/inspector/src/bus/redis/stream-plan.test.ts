import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StreamFacts } from './stream-facts.ts';
import { compareIds } from './stream-id.ts';
import { planResume, planStart } from './stream-plan.ts';

const facts = (first: string | undefined, last: string, group?: StreamFacts['group']): StreamFacts => ({
  exists: true,
  last,
  ...(first === undefined ? {} : { first }),
  ...(group === undefined ? {} : { group }),
});
const missing: StreamFacts = { exists: false, last: '0-0' };
const LATER = { existedAtFirstLook: false };
const FIRST_LOOK = { existedAtFirstLook: true };

test('a stream that was there before begins at its end, one that came later at its beginning', () => {
  assert.equal(planStart(facts('5-0', '9-0'), FIRST_LOOK).createAt, '9-0');
  assert.equal(planStart(facts('5-0', '9-0'), LATER).createAt, '0-0');
  assert.equal(planStart(missing, FIRST_LOOK).createAt, '0-0');
});

test('a group that is there goes on, first with what its consumers hold', () => {
  const idle = planStart(facts('5-0', '9-0', { lastDelivered: '7-0', pending: 0 }), FIRST_LOOK);
  assert.deepEqual(idle, { phase: 'live', lastRead: '7-0', handed: '7-0' });
  const holding = planStart(facts('5-0', '9-0', { lastDelivered: '7-0', pending: 2 }), FIRST_LOOK);
  assert.deepEqual(holding, { phase: 'claiming', lastRead: '0-0' });
});

test('a group is past what was dropped when the oldest entry is newer than its last', () => {
  const gapOf = (first: string | undefined, lastDelivered: string) =>
    planStart(facts(first, '9-0', { lastDelivered, pending: 0 }), FIRST_LOOK).gap;
  assert.equal(gapOf('7-0', '7-0'), undefined);
  assert.match(gapOf('7-1', '7-0') ?? '', /dropped/);
  assert.equal(gapOf('7-1', '0-0'), undefined, 'it has read nothing yet');
  assert.equal(gapOf(undefined, '9-0'), undefined, 'all was read, and all is gone');
  assert.match(gapOf(undefined, '8-0') ?? '', /dropped/);
});

test('a position is gone on from exactly, unless the stream does not reach it', () => {
  const at = (stream: StreamFacts, position: string) => {
    const { createAt, gap } = planStart(stream, { ...FIRST_LOOK, position });
    return [createAt, gap === undefined ? 'whole' : 'gap'];
  };
  assert.deepEqual(at(facts('5-0', '9-0'), '7-0'), ['7-0', 'whole']);
  assert.deepEqual(at(facts('5-0', '9-0'), '9-0'), ['9-0', 'whole']);
  assert.deepEqual(at(facts('5-0', '9-0'), '9-1'), ['9-0', 'gap']);
  assert.deepEqual(at(facts('5-0', '9-0'), '5-0'), ['5-0', 'whole']);
  assert.deepEqual(at(facts('5-0', '9-0'), '4-9'), ['4-9', 'gap']);
  assert.deepEqual(at(facts('5-0', '9-0'), '0-0'), ['0-0', 'whole']);
  assert.deepEqual(at(missing, '7-0'), ['0-0', 'gap']);
  assert.deepEqual(at(missing, '0-0'), ['0-0', 'whole']);
});

test('after an interruption what was taken and did not arrive is read again', () => {
  const group = { lastDelivered: '8-0', pending: 1 };
  assert.deepEqual(planResume(facts('5-0', '9-0', group), '7-0'), { phase: 'history', lastRead: '7-0' });
});

test('after an interruption what is missing is a gap', () => {
  const group = { lastDelivered: '8-0', pending: 0 };
  const resumed = (stream: StreamFacts, lastRead: string) => {
    const { createAt, lastRead: from, gap } = planResume(stream, lastRead);
    return [createAt, from, gap === undefined ? 'whole' : 'gap'];
  };
  assert.deepEqual(resumed(missing, '7-0'), ['0-0', '0-0', 'gap']);
  assert.deepEqual(resumed(missing, '0-0'), ['0-0', '0-0', 'whole']);
  assert.deepEqual(resumed(facts('5-0', '9-0', group), '9-1'), [undefined, '9-0', 'gap']);
  assert.deepEqual(resumed(facts('5-0', '9-0'), '9-1'), ['0-0', '0-0', 'gap']);
  assert.deepEqual(resumed(facts('5-0', '9-0'), '7-0'), ['7-0', '7-0', 'gap']);
  assert.deepEqual(resumed(facts('8-0', '9-0', group), '7-0'), [undefined, '7-0', 'gap']);
});

test('ids are compared as time and sequence, however large', () => {
  const ids = [
    '0-0',
    '0-1',
    '9-0',
    '10-0',
    '10-9',
    '10-10',
    '10-18446744073709551614',
    '10-18446744073709551615',
    '11-0',
  ];
  for (const [index, one] of ids.entries()) {
    for (const [place, two] of ids.entries()) assert.equal(Math.sign(compareIds(one, two)), Math.sign(index - place));
  }
});
