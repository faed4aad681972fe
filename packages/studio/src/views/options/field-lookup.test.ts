import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OptionsSchema } from '@inspector/contract/options';
import { changesAt } from './changes.ts';
import { placeLabel, placeOf, stepsOfPath } from './field-lookup.ts';
import { fieldsByPath, formGroups } from './form-field.ts';
import { pointerOf, stepsOf } from './option-tree.ts';

const fields = fieldsByPath(formGroups(JSON.parse(JSON.stringify(OptionsSchema))));
const label = (pointer: string) => placeLabel(placeOf(fields, stepsOf(pointer)));

test('a pointer is named by its field, and by whose override it is in', () => {
  assert.equal(label('/riskManagement/maxDailyLossPercent'), 'Max daily loss');
  assert.equal(label('/noTradeWindows/3/from'), 'No-trade windows');
  assert.equal(label('/overrides/symbols/BTCUSDT/tradeSettings/maxLeverage'), 'Max leverage, symbol BTCUSDT');
  assert.equal(label('/overrides/accounts/paper:futures'), 'Override of account paper:futures');
  assert.equal(label('/nonsense'), 'nonsense');
  assert.equal(label(''), 'The options as a whole');
});

test('a place inside of a field leads to the field', () => {
  const { steps, field } = placeOf(fields, stepsOf('/noTradeWindows/3/from'));
  assert.deepEqual([steps, field?.path], [['noTradeWindows'], 'noTradeWindows']);
});

test('a name in an override may hold dots', () => {
  const steps = stepsOfPath(fields, 'overrides.detectors.trend.v1.2.tradeSettings.maxLeverage');
  assert.equal(pointerOf(steps), '/overrides/detectors/trend.v1.2/tradeSettings/maxLeverage');
  assert.deepEqual(stepsOfPath(fields, 'overrides.detectors.trend.v1'), ['overrides', 'detectors', 'trend.v1']);
  assert.deepEqual(stepsOfPath(fields, 'general.timezone'), ['general', 'timezone']);
});

test('an override that came whole is told by its fields', () => {
  const changes = changesAt(['overrides', 'symbols', 'X'], undefined, { tradeSettings: { maxLeverage: 3 } });
  assert.deepEqual(
    changes.map(({ pointer, after }) => [pointer, after]),
    [['/overrides/symbols/X/tradeSettings/maxLeverage', 3]],
  );
});
