import assert from 'node:assert/strict';
import { test } from 'node:test';
import { directionOf } from './direction.ts';
import { loosenedBy } from './loosened.ts';
import { field, fields, running, set } from './testing/options-sample.ts';

test('a limit goes one way or the other', () => {
  const loss = field('riskManagement.maxDailyLossPercent');
  assert.equal(directionOf(loss, 5, 4), 'stricter');
  assert.equal(directionOf(loss, 5, 6), 'looser');
  assert.equal(directionOf(loss, 5, 0), 'looser');
  assert.equal(directionOf(loss, 5, 5), 'none');
});

test('a value that the schema refuses is neither stricter nor looser', () => {
  for (const [path, before, after] of [
    ['riskManagement.maxDailyLossPercent', 5, -5],
    ['riskManagement.maxDrawdownPercent', 15, 'abc'],
    ['riskManagement.maxOpenPositions', 5, 2.5],
    ['riskManagement.maxOpenPositions', 2, 2.5],
    ['policies.drawdown.action', 'CLOSE_ALL', 'NOTHING'],
  ] as const) {
    assert.equal(directionOf(field(path), before, after), 'invalid', `${path} ${after}`);
    assert.equal(directionOf(field(path), after, before), 'none', `${path} back from ${after}`);
    assert.deepEqual(loosenedBy(fields, set(running, path, before), set(running, path, after)), []);
  }
});
