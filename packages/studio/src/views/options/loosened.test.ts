import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loosenedBy } from './loosened.ts';
import { fields, running, set } from './testing/options-sample.ts';

test('what is loosened is named, what is tightened is not', () => {
  let edited = set(running, 'riskManagement.maxDailyLossPercent', 0);
  edited = set(edited, 'riskManagement.maxDrawdownPercent', 10);
  edited = set(edited, 'policies.drawdown.action', 'BLOCK');
  edited = set(edited, 'general.allowLoosening', true);
  edited = set(edited, 'riskManagement.takeProfitPercent', 9);
  assert.deepEqual(
    loosenedBy(fields, running, edited).map(({ pointer, before, after }) => [pointer, before, after]),
    [
      ['/general/allowLoosening', 'no', 'yes'],
      ['/riskManagement/maxDailyLossPercent', '5 %', 'off'],
      ['/policies/drawdown/action', 'CLOSE_ALL', 'BLOCK'],
    ],
  );
});

test('an override loosens by going, or by counting where it did not', () => {
  const path = 'overrides.symbols.BTCUSDT.tradeSettings.maxLeverage';
  const strict = set(running, path, 2);
  assert.deepEqual(
    loosenedBy(fields, strict, running).map(({ pointer, whose }) => [pointer, whose]),
    [['/overrides/symbols/BTCUSDT/tradeSettings/maxLeverage', 'symbol BTCUSDT']],
  );
  assert.deepEqual(loosenedBy(fields, running, strict), []);
  const loose = set(running, path, 50);
  assert.deepEqual(loosenedBy(fields, running, loose), [], 'has no effect while loosening is not allowed');
  assert.deepEqual(
    loosenedBy(fields, loose, set(loose, 'general.allowLoosening', true)).map(({ after }) => after),
    ['yes', '50 ×'],
  );
});

test('a loosened base is told once, not again of each override', () => {
  const before = set(running, 'overrides.symbols.BTCUSDT.tradeSettings.maxLeverage', 50);
  const after = set(before, 'tradeSettings.maxLeverage', 20);
  assert.equal(loosenedBy(fields, before, after).length, 1);
});
