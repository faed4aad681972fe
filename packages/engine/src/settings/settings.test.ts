import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench, warningsOf } from '#testing/bench.ts';
import { optionsWith } from '#testing/limits-off.ts';
import { createSettingsCache, settingsFor } from './settings.ts';

const KEY = 'paper:futures';
const resolve = (options: object, symbol: string | null = 'ETHUSDT', detector: string | null = 'det') =>
  settingsFor(createSettingsCache(optionsWith(options)), KEY, symbol, detector);
const leverage = (maxLeverage: number) => ({ tradeSettings: { maxLeverage } });

test('with loosening allowed, symbol wins over detector over account over the base', () => {
  const base = { general: { allowLoosening: true }, ...leverage(5) };
  const accounts = { [KEY]: leverage(10) };
  const detectors = { det: leverage(20) };
  const symbols = { ETHUSDT: leverage(3) };
  assert.equal(resolve({ ...base, overrides: { accounts } }).maxLeverage, 10);
  assert.equal(resolve({ ...base, overrides: { accounts, detectors } }).maxLeverage, 20);
  assert.equal(resolve({ ...base, overrides: { accounts, detectors, symbols } }).maxLeverage, 3);
  assert.equal(resolve({ ...base, overrides: { accounts, detectors, symbols } }, 'SOLUSDT').maxLeverage, 20);
  assert.equal(resolve({ ...base, overrides: { accounts, detectors, symbols } }, 'SOLUSDT', 'other').maxLeverage, 10);
});

test('else the stricter counts, wherever it stands; 0 is the loosest', () => {
  const overrides = {
    accounts: { [KEY]: leverage(3) },
    detectors: { det: leverage(20) },
    symbols: { ETHUSDT: leverage(0) },
  };
  assert.equal(resolve({ ...leverage(5), overrides }).maxLeverage, 3);
  assert.equal(resolve({ ...leverage(0), overrides }).maxLeverage, 3);
  assert.equal(resolve({ ...leverage(5), overrides: { symbols: { ETHUSDT: leverage(0) } } }).maxLeverage, 5);
  const minimum = { riskManagement: { minRiskRewardRatio: 2 } };
  assert.equal(
    resolve({ riskManagement: { minRiskRewardRatio: 1 }, overrides: { symbols: { ETHUSDT: minimum } } })
      .minRiskRewardRatio,
    2,
  );
  assert.equal(
    resolve({ riskManagement: { minRiskRewardRatio: 3 }, overrides: { symbols: { ETHUSDT: minimum } } })
      .minRiskRewardRatio,
    3,
  );
});

test('fields that are no limit override freely', () => {
  const overrides = {
    symbols: { ETHUSDT: { tradeSettings: { defaultLeverage: 9 }, protection: { triggerBy: 'trade' } } },
  };
  const settings = resolve({ tradeSettings: { defaultLeverage: 2 }, overrides });
  assert.deepEqual([settings.defaultLeverage, settings.triggerBy], [9, 'trade']);
});

test('lists: exclusions and windows add up, preferences narrow', () => {
  const overrides = {
    symbols: {
      ETHUSDT: {
        assetManagement: { excludedAssets: ['SOL'] },
        noTradeWindows: [{ days: 'all', from: '01:00', to: '02:00' }],
      },
    },
  };
  const settings = resolve({
    assetManagement: { excludedAssets: ['BTC'] },
    noTradeWindows: [{ days: 'all', from: '03:00', to: '04:00' }],
    overrides,
  });
  assert.deepEqual(settings.excludedAssets, ['BTC', 'SOL']);
  assert.equal(settings.noTradeWindows.length, 2);
});

test('preferred assets of an override are taken as they are while nothing was restricted, else what both hold', () => {
  const assetManagement = { restrictToPreferred: true, preferredAssets: ['ETH', 'SOL'] };
  const overrides = { detectors: { det: { assetManagement } } };
  assert.deepEqual(resolve({ overrides }).preferredAssets, ['ETH', 'SOL']);
  const restricted = { assetManagement: { restrictToPreferred: true, preferredAssets: ['ETH', 'BTC'] }, overrides };
  assert.deepEqual(resolve(restricted).preferredAssets, ['ETH']);
  const bench = openBench({ options: { overrides } }).price('ETHUSDT', 2000).price('BTCUSDT', 60_000);
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
  assert.equal(bench.open({ symbol: 'BTCUSDT', quantity: 0.1 }).code, 'SYMBOL_NOT_PREFERRED');
  assert.equal(bench.open({ symbol: 'BTCUSDT', quantity: 0.1, detectorSysname: 'other' }).code, 'OK');
});

test('an account’s override is its watched limit', () => {
  const overrides = { accounts: { [KEY]: { riskManagement: { maxTradesPerDay: 1 } } } };
  const bench = openBench({ options: { overrides } }).price('ETHUSDT', 2000);
  bench.open({ quantity: 1 });
  assert.equal(bench.last('LIMIT_BREACHED')?.code, 'TRADES_PER_DAY');
});

test('a policy may be overridden too; under ALLOW the limit only warns', () => {
  const options = {
    general: { allowLoosening: true },
    riskManagement: { maxTradesPerDay: 1 },
    overrides: { detectors: { det: { policies: { tradesPerDay: { action: 'ALLOW' } } } } },
  };
  const bench = openBench({ options }).price('ETHUSDT', 2000);
  bench.open({ quantity: 1 });
  const allowed = bench.open({ quantity: 1 });
  assert.deepEqual([allowed.code, warningsOf(allowed)], ['OK', ['TRADES_PER_DAY']]);
  assert.equal(bench.open({ quantity: 1, detectorSysname: 'other' }).code, 'TRADES_PER_DAY');
});

test('an override named like a property of every object is no override', () => {
  assert.equal(resolve({ ...leverage(5), overrides: { symbols: { X: leverage(2) } } }, 'constructor').maxLeverage, 5);
});
