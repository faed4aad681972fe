import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundWords, parsedNumber, valueWords } from './field-value.ts';
import { field } from './testing/options-sample.ts';

test('a typed text is the number that it stands for, or stays what was typed', () => {
  const limit = field('riskManagement.maxDailyLossPercent');
  const plain = field('riskManagement.takeProfitPercent');
  for (const [text, value] of [
    ['5', 5],
    [' 2.5 ', 2.5],
    ['−0.1', -0.1],
    ['.5', 0.5],
    ['1,000', 1000],
    ['1 000 000', 1_000_000],
    ['1e3', 1000],
    ['Off', 0],
  ] as const) {
    assert.equal(parsedNumber(limit, text), value, text);
  }
  for (const text of ['', '1,5', '0x10', 'five', '1e999', '--1']) assert.equal(parsedNumber(limit, text), text);
  assert.equal(parsedNumber(plain, 'off'), 'off');
  assert.ok(Object.is(parsedNumber(limit, '-0'), 0));
});

test('values are said with their unit, and 0 is off only where it switches off', () => {
  assert.equal(valueWords(field('riskManagement.maxDailyLossPercent'), 5), '5 %');
  assert.equal(valueWords(field('riskManagement.maxDailyLossPercent'), 0), 'off');
  assert.equal(valueWords(field('protection.nakedMaxMs'), 0), '0 ms');
  assert.equal(valueWords(field('tradeSettings.maxOrderNotionalUsd'), 1_500_000), '1,500,000 USD');
  assert.equal(valueWords(field('general.apiPort'), 8008), '8008');
  assert.equal(valueWords(field('assetManagement.excludedAssets'), []), 'none');
  assert.equal(valueWords(field('policies.drawdown.until'), 'day-end'), 'until the day ends');
  assert.equal(valueWords(field('policies.drawdown.until'), 60), 'for 60 s');
  assert.equal(boundWords(field('tradeSettings.defaultLeverage')), 'above 0, up to 1,000');
});
