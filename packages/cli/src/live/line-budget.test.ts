import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLineBudget } from './line-budget.ts';
import type { NotableEvent } from './notable-event.ts';

const event = (ts: number, tone: NotableEvent['tone'] = 'plain'): NotableEvent => ({
  seq: 1,
  ts,
  tag: 'X',
  text: '',
  tone,
});

test('a burst passes, then three lines a second; the rest is counted', () => {
  const budget = createLineBudget();
  const burst = Array.from({ length: 30 }, () => budget.admits(event(0)));
  assert.equal(burst.filter(Boolean).length, 24);
  assert.equal(budget.takeHeldBack(), 6);
  assert.equal(budget.takeHeldBack(), 0);
  const later = Array.from({ length: 10 }, () => budget.admits(event(1_000)));
  assert.equal(later.filter(Boolean).length, 3);
});

test('an alarm is always shown', () => {
  const budget = createLineBudget();
  for (let count = 0; count < 100; count += 1) budget.admits(event(0));
  assert.equal(budget.admits(event(0)), false);
  assert.equal(budget.admits(event(0, 'alarm')), true);
});
