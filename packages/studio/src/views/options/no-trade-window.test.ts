import assert from 'node:assert/strict';
import { test } from 'node:test';
import { windowViolations, windowWords } from './no-trade-window.ts';

test('windows are said in words and judged', () => {
  assert.equal(
    windowWords({ days: ['mon', 'tue', 'wed', 'sat'], from: '22:00', to: '06:00', label: 'night' }),
    'Mon–Wed, Sat 22:00–06:00 the next day (night)',
  );
  assert.equal(windowWords({ days: 'all', from: '00:00', to: '24:00' }), 'Every day 00:00–24:00');
  assert.deepEqual(windowViolations({ days: 'all', from: '10:00', to: '24:00' }), []);
  assert.deepEqual(
    windowViolations({ days: [], from: '24:00', to: '24:01' }).map(({ name }) => name),
    ['days', 'from', 'to'],
  );
  assert.deepEqual(
    windowViolations({ days: ['mon'], from: '10:00', to: '10:00' }).map(({ name }) => name),
    ['to'],
  );
});
