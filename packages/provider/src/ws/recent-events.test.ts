import assert from 'node:assert/strict';
import test from 'node:test';
import type { Envelope } from '@inspector/contract';
import { createRecentEvents } from './recent-events.ts';

const event = (seq: number) => ({ seq, eventId: `e${seq}` }) as Envelope;

test('covers everything after the first event that came, and nothing before', () => {
  const recent = createRecentEvents();
  assert.equal(recent.lastSeq(), -1);
  assert.ok(!recent.covers(0));
  recent.add(event(500));
  recent.add(event(507));
  assert.ok(recent.covers(499));
  assert.ok(!recent.covers(498));
  assert.deepEqual(
    recent.after(500).map(({ seq }) => seq),
    [507],
  );
  assert.equal(recent.lastSeq(), 507);
});

test('forgets the oldest past its limit and says from where it still covers', () => {
  const recent = createRecentEvents(4);
  for (let seq = 1; seq <= 8; seq += 1) recent.add(event(seq));
  assert.equal(recent.coveredFrom(), 4);
  assert.ok(!recent.covers(3));
  assert.deepEqual(
    recent.after(4).map(({ seq }) => seq),
    [5, 6, 7, 8],
  );
});

test('a smaller sequence is another journal: what was kept is dropped', () => {
  const recent = createRecentEvents();
  recent.add(event(90));
  recent.add(event(3));
  assert.deepEqual(
    recent.after(0).map(({ seq }) => seq),
    [3],
  );
  assert.equal(recent.lastSeq(), 3);
});
