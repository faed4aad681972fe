import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Violation } from '@inspector/contract';
import { arithmeticOf } from './arithmetic.ts';

// Times are told by the reader's own clock.
process.env.TZ = 'Asia/Kolkata';

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

test('money has its two digits, and a stop against a liquidation price is a pair of prices', () => {
  const money = of({ observed: 15_652.55, limit: 999.7, unit: 'USD' });
  assert.deepEqual([money?.observed, money?.limit], ['15,652.55 USD', '999.70 USD']);
  const stop = of({ code: 'RISK_UNBOUNDED', observed: 15_716.309, limit: 15_800.1, unit: 'quote' });
  assert.deepEqual(
    [stop?.observed, stop?.limit, stop?.distance, stop?.usedPct],
    ['15,716.309', '15,800.1', '83.791', null],
  );
});

test('the expiry of a request is a time of day, its distance a span', () => {
  const at = Date.UTC(2026, 0, 1, 12);
  const shown = of({ code: 'REQUEST_EXPIRED', observed: at + 1_350, limit: at, unit: 'ms' });
  assert.deepEqual(shown, {
    observed: '17:30:01.350',
    limit: '17:30:00.000',
    distance: '1,350 ms',
    side: 'over by',
    usedPct: null,
  });
});
