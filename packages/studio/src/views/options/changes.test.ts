import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesBetween } from './changes.ts';
import { running, set } from './testing/options-sample.ts';
import { undone } from './three-way.ts';

test('every change is found, overrides field by field, and each can be undone', () => {
  let edited = set(running, 'riskManagement.maxDailyLossPercent', 3);
  edited = set(edited, 'overrides.symbols.BTCUSDT.tradeSettings.maxLeverage', 2);
  edited = set(edited, 'overrides.symbols.BTCUSDT.riskManagement.maxOpenPositions', 1);
  const changes = changesBetween(running, edited);
  assert.deepEqual(
    changes.map(({ pointer, before, after }) => [pointer, before, after]),
    [
      ['/riskManagement/maxDailyLossPercent', 5, 3],
      ['/overrides/symbols/BTCUSDT/tradeSettings/maxLeverage', undefined, 2],
      ['/overrides/symbols/BTCUSDT/riskManagement/maxOpenPositions', undefined, 1],
    ],
  );
  const back = changes.reduce((document, change) => undone(document, change, running), edited);
  assert.deepEqual(back, running);
  assert.deepEqual(changesBetween(running, running), []);
});

test('a removed override is a change of each of its fields', () => {
  const before = set(running, 'overrides.accounts.paper:futures.riskManagement.maxOpenPositions', 1);
  assert.deepEqual(
    changesBetween(before, running).map(({ pointer, after }) => [pointer, after]),
    [['/overrides/accounts/paper:futures/riskManagement/maxOpenPositions', undefined]],
  );
});
