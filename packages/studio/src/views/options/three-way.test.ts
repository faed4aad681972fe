import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultOptions, mergeOptions } from '@inspector/contract/options';
import { running, set } from './testing/options-sample.ts';
import { merged, threeWay } from './three-way.ts';

test('two who changed different fields are merged without a question', () => {
  const mine = set(running, 'riskManagement.maxDailyLossPercent', 3);
  const theirs = set(running, 'tradeSettings.maxLeverage', 5);
  const way = threeWay(running, mine, theirs);
  assert.deepEqual(way.collisions, []);
  const both = merged(way.mine, theirs, new Set());
  assert.deepEqual(both, set(mine, 'tradeSettings.maxLeverage', 5));
  assert.ok('options' in mergeOptions(defaultOptions, both));
});

test('a field that both changed collides unless both want the same, and can be yielded', () => {
  const mine = set(set(running, 'riskManagement.maxDailyLossPercent', 3), 'general.timezone', 'Europe/Berlin');
  const theirs = set(set(running, 'riskManagement.maxDailyLossPercent', 4), 'general.timezone', 'Europe/Berlin');
  const way = threeWay(running, mine, theirs);
  assert.deepEqual(
    way.collisions.map(({ pointer }) => pointer),
    ['/riskManagement/maxDailyLossPercent'],
  );
  assert.deepEqual(merged(way.mine, theirs, new Set()), mine);
  assert.deepEqual(merged(way.mine, theirs, new Set(['/riskManagement/maxDailyLossPercent'])), theirs);
});
