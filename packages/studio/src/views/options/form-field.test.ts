import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isLooser as contractIsLooser,
  defaultOptions,
  OptionsSchema,
  optionFields,
  stricterOf,
} from '@inspector/contract/options';
import { fieldLabel } from './field-label.ts';
import { fieldsByPath, formGroups } from './form-field.ts';
import { inForce, isLooser } from './looser.ts';
import type { Json, JsonObject } from './option-tree.ts';
import { valueAt } from './option-tree.ts';
import { violationsOf } from './violations.ts';

const groups = formGroups(JSON.parse(JSON.stringify(OptionsSchema)));
const fields = [...fieldsByPath(groups).values()];
const options = JSON.parse(JSON.stringify(defaultOptions)) as JsonObject;

test('the form has every field of the options, in their order, and its groups', () => {
  assert.deepEqual(
    fields.map(({ path }) => path),
    optionFields.map(({ path }) => path),
  );
  assert.deepEqual(
    groups.map(({ name }) => name),
    [
      'general',
      'riskManagement',
      'assetManagement',
      'tradeSettings',
      'strategyLogic',
      'noTradeWindows',
      'policies',
      'protection',
    ],
  );
});

test('bounds, unit, words and strictness of a field are those of the contract', () => {
  for (const [index, known] of optionFields.entries()) {
    const field = fields[index];
    assert.ok(field !== undefined);
    assert.equal(field.stricter, known.stricter, known.path);
    assert.equal(field.zeroIsOff, known.zeroIsOff, known.path);
    assert.equal(field.description, known.description);
    if (known.type === 'number' || known.type === 'integer') {
      assert.equal(field.kind, known.type);
      assert.equal(field.minimum, known.minimum, known.path);
      assert.equal(field.exclusiveMinimum, known.exclusiveMinimum, known.path);
      assert.equal(field.maximum, known.maximum, known.path);
      assert.equal(field.unit, known.unit, known.path);
    }
    if (known.type === 'enum') assert.deepEqual(field.values, known.values);
    if (known.type === 'until') assert.deepEqual([field.kind, field.values.includes('manual')], ['until', true]);
  }
});

test('every default passes', () => {
  for (const field of fields) {
    assert.deepEqual(violationsOf(field, field.default), [], field.path);
    assert.notEqual(valueAt(options, field.steps), undefined, field.path);
  }
});

test('what is no such schema gives no form', () => {
  for (const schema of [null, 1, {}, []]) assert.deepEqual(formGroups(schema), []);
});

test('a name is a label without its unit', () => {
  assert.equal(fieldLabel('maxDailyLossPercent'), 'Max daily loss');
  assert.equal(fieldLabel('maxOrderNotionalUsd'), 'Max order notional');
  assert.equal(fieldLabel('minTopDepthUsdForClose'), 'Min top depth for close');
  assert.equal(fieldLabel('maxROIThreshold'), 'Highest expected ROI');
});

/** Values to try a field with, on both sides of its default and of off. */
function samples(path: string): Json[] {
  const field = fields.find((each) => each.path === path);
  switch (field?.kind) {
    case 'boolean':
      return [true, false];
    case 'enum':
      return [...field.values];
    case 'until':
      return [...field.values, 60, 3600];
    case 'list':
      return [[], ['BTC'], ['btc', 'ETH']];
    case 'windows':
      return [[], [{ days: 'all', from: '10:00', to: '11:00' }]];
    case 'text':
      return ['', 'a'];
    default:
      return [0, 1, 5, 5.5, 1000];
  }
}

test('looser is what the contract calls looser, and what is in force is the stricter one', () => {
  for (const known of optionFields) {
    const field = fields.find(({ path }) => path === known.path);
    assert.ok(field !== undefined);
    for (const before of samples(known.path)) {
      for (const after of samples(known.path)) {
        const said = `${known.path}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
        assert.equal(isLooser(field, before, after), contractIsLooser(known, before, after), said);
        const counted = inForce(field, { base: before, override: after, mayLoosen: false });
        assert.deepEqual(counted, stricterOf(known, before, after), said);
      }
    }
  }
});

test('a number passes at its bounds and not beyond', () => {
  const stop = fields.find(({ path }) => path === 'riskManagement.stopLossPercent');
  const leverage = fields.find(({ path }) => path === 'tradeSettings.defaultLeverage');
  const count = fields.find(({ path }) => path === 'riskManagement.maxTradesPerDay');
  assert.ok(stop !== undefined && leverage !== undefined && count !== undefined);
  for (const value of [0, 100]) assert.deepEqual(violationsOf(stop, value), []);
  for (const value of [-0.1, 100.1, '5', null]) assert.equal(violationsOf(stop, value).length, 1);
  assert.match(violationsOf(stop, 'x')[0]?.message ?? '', /0 to 100; 0 or “off” switches it off/);
  assert.equal(violationsOf(leverage, 0).length, 1);
  assert.deepEqual(violationsOf(leverage, 0.001), []);
  assert.equal(violationsOf(count, 1.5).length, 1);
});

test('a lock lasts for a known word or for seconds above 0', () => {
  const until = fields.find(({ path }) => path === 'policies.drawdown.until');
  assert.ok(until !== undefined);
  for (const value of ['manual', 'day-end', 1]) assert.deepEqual(violationsOf(until, value), []);
  for (const value of ['while-it-lasts', 0, -1, 31_536_001, '']) assert.equal(violationsOf(until, value).length, 1);
});
