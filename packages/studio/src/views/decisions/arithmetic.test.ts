import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Violation } from '@inspector/contract';
import { arithmeticOf } from './arithmetic.ts';

const of = (violation: Partial<Violation>) =>
  arithmeticOf({ code: 'SPREAD', scope: 'global', observed: null, limit: null, unit: '%', message: '', ...violation });

test('the distance has its unit and says on which side of the limit it lies', () => {
  assert.deepEqual(of({ observed: 1.25, limit: 1 }), {
    observed: '1.25 %',
    limit: '1 %',
    distance: '0.25 %',
    side: 'over by',
    usedPct: 125,
  });
  assert.equal(of({ observed: 1.2, limit: 2, unit: 'ratio' })?.side, 'short by');
  assert.equal(of({ observed: 3, limit: 3, unit: 'count' })?.side, 'at the limit');
});

test('a rule without numbers has none, and half a pair is no distance', () => {
  assert.equal(of({}), null);
  assert.equal(of({ limit: 1 })?.distance, '–');
});

test('the expiry of a request is a time of day, its distance a span', () => {
  const at = Date.UTC(2026, 0, 1, 12);
  const shown = of({ code: 'REQUEST_EXPIRED', observed: at + 1_350, limit: at, unit: 'ms' });
  assert.deepEqual(shown, {
    observed: '12:00:01.350 UTC',
    limit: '12:00:00.000 UTC',
    distance: '1,350 ms',
    side: 'over by',
    usedPct: null,
  });
});
