import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decisionCodes } from '@inspector/contract/codes';
import { defaultOptions, mergeOptions, optionFieldAt } from '@inspector/contract/options';
import { figurePaths, limitsOff } from './limits-off.ts';

const withPatch = (patch: Parameters<typeof mergeOptions>[1]) => {
  const merged = mergeOptions(defaultOptions, patch);
  assert.ok('options' in merged);
  return merged.options;
};
const named = (options: typeof defaultOptions, code: string) => limitsOff(options).find((each) => each.code === code);

test('every figure that is taken for a switch is one that 0 switches off', () => {
  for (const code of decisionCodes) {
    for (const path of figurePaths(code, defaultOptions)) assert.ok(optionFieldAt(path)?.zeroIsOff, `${code}: ${path}`);
  }
});

test('a limit that is on is not listed, and one at 0 is, with the option that sets it', () => {
  assert.equal(named(defaultOptions, 'DRAWDOWN'), undefined);
  assert.deepEqual(named(withPatch({ riskManagement: { maxDrawdownPercent: 0 } }), 'DRAWDOWN'), {
    code: 'DRAWDOWN',
    path: 'riskManagement.maxDrawdownPercent',
    overrides: [],
    isOffEverywhereElse: true,
  });
});

test('a range is off when neither end is set', () => {
  assert.notEqual(named(defaultOptions, 'ROI_RANGE'), undefined);
  assert.equal(named(withPatch({ strategyLogic: { maxROIThreshold: 5 } }), 'ROI_RANGE'), undefined);
});

test('an override that says otherwise is named', () => {
  const off = withPatch({
    overrides: { accounts: { 'paper:futures': { riskManagement: { maxDailyLossPercent: 0 } } } },
  });
  const daily = named(off, 'DAILY_LOSS');
  assert.deepEqual([daily?.isOffEverywhereElse, daily?.overrides], [false, ['account paper:futures']]);
  const on = withPatch({ overrides: { symbols: { BTCUSDT: { tradeSettings: { maxOrderNotionalUsd: 900 } } } } });
  const notional = named(on, 'ORDER_NOTIONAL');
  assert.deepEqual([notional?.isOffEverywhereElse, notional?.overrides], [true, ['symbol BTCUSDT']]);
});
