import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pointerOf, stepsOf, valueAt, withoutValue } from './option-tree.ts';
import { running, set } from './testing/options-sample.ts';

test('removing the last field of a group of an override removes the group and keeps the override', () => {
  const before = set(running, 'overrides.symbols.X.tradeSettings.maxLeverage', 2);
  const after = withoutValue(before, ['overrides', 'symbols', 'X', 'tradeSettings', 'maxLeverage'], 3);
  assert.deepEqual(valueAt(after, ['overrides', 'symbols']), { X: {} });
});

test('pointers and steps are each other, whatever is in a name', () => {
  const steps = ['overrides', 'symbols', 'A/B~C', 'x'];
  assert.deepEqual(stepsOf(pointerOf(steps)), steps);
});
