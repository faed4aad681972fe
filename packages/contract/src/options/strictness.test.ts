import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLooser, type OptionField, optionFieldAt, stricterOf } from '@inspector/contract';

const field = (path: string): OptionField => {
  const found = optionFieldAt(path);
  assert.ok(found, path);
  return found;
};

interface Row {
  path: string;
  base: unknown;
  override: unknown;
  looser: boolean;
  stricter: unknown;
}

const rows: Row[] = [
  { path: 'riskManagement.maxDailyLossPercent', base: 5, override: 5.1, looser: true, stricter: 5 },
  { path: 'riskManagement.maxDailyLossPercent', base: 5, override: 5, looser: false, stricter: 5 },
  { path: 'riskManagement.maxDailyLossPercent', base: 5, override: 4.9, looser: false, stricter: 4.9 },
  { path: 'riskManagement.maxDailyLossPercent', base: 5, override: 0, looser: true, stricter: 5 },
  { path: 'riskManagement.maxDailyLossPercent', base: 0, override: 99, looser: false, stricter: 99 },
  { path: 'riskManagement.minRiskRewardRatio', base: 2, override: 1.9, looser: true, stricter: 2 },
  { path: 'riskManagement.minRiskRewardRatio', base: 2, override: 2.1, looser: false, stricter: 2.1 },
  { path: 'strategyLogic.cooldownPeriod', base: 30, override: 0, looser: true, stricter: 30 },
  { path: 'assetManagement.maxCloseDeferralSeconds', base: 10, override: 0, looser: false, stricter: 0 },
  { path: 'assetManagement.restrictToPreferred', base: true, override: false, looser: true, stricter: true },
  { path: 'protection.onNaked', base: 'close', override: 'alert', looser: true, stricter: 'close' },
  { path: 'policies.drawdown.action', base: 'BLOCK', override: 'STAND_DOWN', looser: false, stricter: 'STAND_DOWN' },
  { path: 'policies.drawdown.until', base: 'manual', override: 'day-end', looser: true, stricter: 'manual' },
  { path: 'policies.exposure.until', base: 'while-it-lasts', override: 60, looser: false, stricter: 60 },
  { path: 'assetManagement.excludedAssets', base: ['A'], override: ['B'], looser: true, stricter: ['A', 'B'] },
  { path: 'assetManagement.excludedAssets', base: ['A'], override: ['a', 'B'], looser: false, stricter: ['A', 'B'] },
  { path: 'assetManagement.preferredAssets', base: ['A', 'B'], override: ['B', 'C'], looser: true, stricter: ['B'] },
  { path: 'assetManagement.preferredAssets', base: ['A', 'B'], override: ['B'], looser: false, stricter: ['B'] },
  { path: 'riskManagement.takeProfitPercent', base: 2, override: 9, looser: false, stricter: 9 },
  { path: 'tradeSettings.marginMode', base: 'isolated', override: 'cross', looser: false, stricter: 'cross' },
];

for (const { path, base, override, looser, stricter } of rows) {
  const shown = JSON.stringify(override);
  test(`${path}: ${shown} over ${JSON.stringify(base)} is ${looser ? 'looser' : 'not looser'}`, () => {
    assert.equal(isLooser(field(path), base, override), looser);
    assert.deepEqual(stricterOf(field(path), base, override), stricter);
  });
}

test('windows of an override are added to those of the base', () => {
  const lunch = { days: 'all', from: '12:00', to: '13:00' };
  const night = { days: 'all', from: '22:00', to: '02:00' };
  assert.deepEqual(stricterOf(field('noTradeWindows'), [lunch], [night]), [lunch, night]);
});
