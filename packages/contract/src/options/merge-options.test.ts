import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { defaultOptions, diffOptions, mergeOptions, type Options } from '@inspector/contract';

const merged = (patch: unknown, base: Options = defaultOptions) => {
  const result = mergeOptions(base, patch);
  assert.ok('options' in result, JSON.stringify(result));
  return result;
};
const refused = (patch: unknown): string[] => {
  const result = mergeOptions(defaultOptions, patch);
  assert.ok('errors' in result, 'was taken');
  return result.errors.map(({ path }) => path);
};

test('the defaults are those of the wire contract', () => {
  assert.deepEqual(JSON.parse(JSON.stringify(defaultOptions)), {
    general: { apiPort: 8008, timezone: 'UTC', dayStart: '00:00', allowLoosening: false, requireSecondActor: false },
    riskManagement: {
      takeProfitPercent: 2.5,
      stopLossPercent: 0.5,
      breakevenPercent: 0.3,
      breakevenBufferPercent: -0.1,
      maxDailyLossPercent: 5,
      maxDailyProfitPercent: 10,
      maxDrawdownPercent: 15,
      maxLossTradesPerDay: 3,
      maxTradesPerDay: 10,
      riskPerTradePercent: 2,
      minRiskRewardRatio: 2,
      maxCorrelatedPositions: 0,
      correlatedGroups: [],
      maxPortfolioExposurePercent: 300,
      maxOpenPositions: 0,
      takeProfitMode: 'static',
    },
    assetManagement: {
      excludedAssets: [],
      preferredAssets: [],
      restrictToPreferred: false,
      slippageTolerancePercent: 0.5,
      spreadTolerancePercent: 1,
      maxSpreadForClosePercent: 2,
      minTopDepthUsdForClose: 0,
      priceCollarPercent: 5,
      maxCloseDeferralSeconds: 10,
    },
    tradeSettings: {
      maxPositionHoldTime: 0,
      maxPositionSizePercent: 20,
      minPositionSizePercent: 0,
      maxLeverage: 10,
      defaultLeverage: 3,
      trailingStopPercent: 1.5,
      trailingTakeProfitPercent: 0,
      marginMode: 'cross',
      maxOrderNotionalUsd: 0,
      maxOrdersPerSecond: 20,
      priceStaleMs: 5000,
    },
    strategyLogic: {
      cooldownPeriod: 30,
      maxConsecutiveLosses: 2,
      minROIThreshold: 0,
      maxROIThreshold: 0,
      enableStressPolicy: true,
      stressSpreadTriggerPercent: 1,
      targetDetectorSysname: '',
      autoThrottleDetectors: true,
    },
    noTradeWindows: [],
    policies: {
      dailyLoss: { action: 'STAND_DOWN', until: 'day-end' },
      dailyProfit: { action: 'STAND_DOWN', until: 'day-end' },
      drawdown: { action: 'CLOSE_ALL', until: 'manual' },
      consecutiveLosses: { action: 'STAND_DOWN', until: 'day-end' },
      lossTradesPerDay: { action: 'STAND_DOWN', until: 'day-end' },
      tradesPerDay: { action: 'BLOCK', until: 'day-end' },
      exposure: { action: 'BLOCK', until: 'while-it-lasts' },
    },
    protection: {
      nakedMaxMs: 5000,
      replaceMinMs: 250,
      confirmMs: 1500,
      hardMultiple: 1.5,
      onNaked: 'close',
      triggerBy: 'mark',
    },
    overrides: { symbols: {}, detectors: {}, accounts: {} },
  });
});

test('the defaults are valid as a whole and give no warning', () => {
  assert.deepEqual(merged(defaultOptions), { options: defaultOptions, warnings: [] });
});

test('a deep partial changes only what it names', () => {
  const { options } = merged({ riskManagement: { maxDailyLossPercent: 3 }, policies: { drawdown: { until: 3600 } } });
  assert.deepEqual(diffOptions(defaultOptions, options), [
    { path: '/riskManagement/maxDailyLossPercent', before: 5, after: 3 },
    { path: '/policies/drawdown/until', before: 'manual', after: 3600 },
  ]);
});

test('a list replaces the list before it', () => {
  const base = merged({ assetManagement: { excludedAssets: ['DOGE', 'SHIB'] } }).options;
  const { options } = merged({ assetManagement: { excludedAssets: ['XRP'] } }, base);
  assert.deepEqual(options.assetManagement.excludedAssets, ['XRP']);
});

test('a complete document replaces everything, overrides too', () => {
  const base = merged({ overrides: { symbols: { BTCUSDT: { tradeSettings: { maxLeverage: 2 } } } } }).options;
  assert.deepEqual(merged(defaultOptions, base).options, defaultOptions);
});

test('overrides are merged, and null removes one or a field of one', () => {
  const base = merged({
    overrides: {
      symbols: { BTCUSDT: { tradeSettings: { maxLeverage: 2, defaultLeverage: 1 } }, ETHUSDT: {} },
      accounts: { 'paper:futures': { riskManagement: { maxOpenPositions: 1 } } },
    },
  }).options;
  const { options } = merged(
    { overrides: { symbols: { BTCUSDT: { tradeSettings: { maxLeverage: null } }, ETHUSDT: null } } },
    base,
  );
  assert.deepEqual(options.overrides.symbols, { BTCUSDT: { tradeSettings: { defaultLeverage: 1 } } });
  assert.deepEqual(options.overrides.accounts, base.overrides.accounts);
});

test('null removes nothing that every options must have', () => {
  assert.deepEqual(refused({ riskManagement: null, policies: { drawdown: null } }), [
    '/riskManagement',
    '/policies/drawdown',
  ]);
});

test('every violation is named at once, with its place', () => {
  const paths = refused({
    general: { apiPort: '8008', timezone: 'Mars/Base', dayStart: '24:00' },
    riskManagement: { maxDailyLossPercent: Number.NaN, unknown: 1, takeProfitMode: 'trailing' },
    strategyLogic: { minROIThreshold: 3, maxROIThreshold: 2 },
    noTradeWindows: [
      { days: ['mon', 'mon'], from: '25:00', to: '1:00' },
      { days: 'all', from: '10:00', extra: 1 },
    ],
    policies: { exposure: { action: 'PANIC' } },
    overrides: { symbols: { 'BTC USDT': {}, 'A/B': { protection: { onNaked: 'pray' } } } },
    nonsense: {},
  });
  assert.deepEqual(
    new Set(paths),
    new Set([
      '/nonsense',
      '/general/apiPort',
      '/general/timezone',
      '/general/dayStart',
      '/riskManagement/unknown',
      '/riskManagement/maxDailyLossPercent',
      '/noTradeWindows/0/days',
      '/noTradeWindows/0/from',
      '/noTradeWindows/0/to',
      '/noTradeWindows/1/to',
      '/noTradeWindows/1/extra',
      '/policies/exposure/action',
      '/overrides/symbols/BTC USDT',
      '/overrides/symbols/A~1B/protection/onNaked',
      '/strategyLogic/minROIThreshold',
      '/tradeSettings/trailingTakeProfitPercent',
    ]),
  );
});

test('what is no object is refused as a whole', () => {
  for (const patch of [null, undefined, 1, 'x', [], true]) assert.deepEqual(refused(patch), ['']);
});

test('a name such as __proto__ is an unknown field and no prototype', () => {
  assert.deepEqual(refused(JSON.parse('{"__proto__":{"a":1}}')), ['/__proto__']);
  assert.deepEqual(refused(JSON.parse('{"overrides":{"symbols":{"__proto__":{}}}}')), ['/overrides/symbols/__proto__']);
  const { options } = merged({ overrides: { symbols: { constructor: {} } } });
  assert.ok(Object.hasOwn(options.overrides.symbols, 'constructor'));
});

test('a document of any depth is refused and not walked', () => {
  let deep: unknown = 1;
  for (let depth = 0; depth < 100_000; depth++) deep = { a: deep };
  assert.deepEqual(refused({ general: deep, noTradeWindows: [deep], riskManagement: { stopLossPercent: deep } }), [
    '/general/a',
    '/riskManagement/stopLossPercent',
    '/noTradeWindows/0/days',
    '/noTradeWindows/0/from',
    '/noTradeWindows/0/to',
    '/noTradeWindows/0/a',
  ]);
});

test('a thousand overrides are kept, one more is refused', () => {
  const symbols = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`S${index}`, {}]));
  assert.equal(Object.keys(merged({ overrides: { symbols: symbols(1000) } }).options.overrides.symbols).length, 1000);
  assert.deepEqual(refused({ overrides: { symbols: symbols(1001) } }), ['/overrides/symbols']);
});

test('at most a hundred violations are listed, the rest is counted', () => {
  const result = mergeOptions(
    defaultOptions,
    Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`x${index}`, 1])),
  );
  assert.ok('errors' in result);
  assert.equal(result.errors.length, 101);
  assert.match(result.errors[100]?.message ?? '', /50 more/);
});

test('minus zero is zero, as it is when it was stored', () => {
  assert.ok(
    Object.is(merged({ riskManagement: { takeProfitPercent: -0 } }).options.riskManagement.takeProfitPercent, 0),
  );
});

test('the result is frozen and shares nothing with the patch', () => {
  const patch = { noTradeWindows: [{ days: ['mon'], from: '10:00', to: '11:00' }] };
  const { options } = merged(patch);
  patch.noTradeWindows[0]?.days.push('tue');
  assert.deepEqual(options.noTradeWindows[0]?.days, ['mon']);
  assert.throws(() => Object.assign(options.general, { apiPort: 1 }), TypeError);
  assert.ok(Object.isFrozen(options.noTradeWindows[0]?.days));
});

test('a looser override is taken with a warning, unless loosening is allowed', () => {
  const overrides = {
    symbols: { BTCUSDT: { riskManagement: { maxDailyLossPercent: 0, maxTradesPerDay: 11, takeProfitPercent: 9 } } },
    detectors: { trend: { strategyLogic: { cooldownPeriod: 29 }, policies: { drawdown: { action: 'BLOCK' } } } },
    accounts: {
      'paper:futures': { riskManagement: { maxDailyLossPercent: 4 }, strategyLogic: { cooldownPeriod: 31 } },
    },
  };
  assert.deepEqual(
    merged({ overrides }).warnings.map(({ path }) => path),
    [
      '/overrides/symbols/BTCUSDT/riskManagement/maxDailyLossPercent',
      '/overrides/symbols/BTCUSDT/riskManagement/maxTradesPerDay',
      '/overrides/detectors/trend/strategyLogic/cooldownPeriod',
      '/overrides/detectors/trend/policies/drawdown/action',
    ],
  );
  assert.deepEqual(merged({ overrides, general: { allowLoosening: true } }).warnings, []);
});

test('preferred assets limit only while they are restricted to', () => {
  const overrides = {
    detectors: { trend: { assetManagement: { preferredAssets: ['BTC', 'SOL'], restrictToPreferred: true } } },
  };
  const base = { preferredAssets: ['BTC'] };
  assert.deepEqual(merged({ overrides, assetManagement: base }).warnings, []);
  assert.deepEqual(
    merged({ overrides, assetManagement: { ...base, restrictToPreferred: true } }).warnings.map(({ path }) => path),
    ['/overrides/detectors/trend/assetManagement/preferredAssets'],
  );
});

test('general in an override is taken and said to have no effect', () => {
  const { warnings } = merged({ overrides: { accounts: { 'paper:spot': { general: { timezone: 'Asia/Tokyo' } } } } });
  assert.deepEqual(
    warnings.map(({ path }) => path),
    ['/overrides/accounts/paper:spot/general/timezone'],
  );
});

test('what is legal and hardly meant is warned of', () => {
  const { warnings } = merged({
    riskManagement: { maxCorrelatedPositions: 2, breakevenPercent: 0.3, breakevenBufferPercent: -0.3 },
    assetManagement: { restrictToPreferred: true },
    tradeSettings: { minPositionSizePercent: 21, maxLeverage: 2 },
  });
  assert.deepEqual(
    warnings.map(({ path }) => path),
    [
      '/riskManagement/maxCorrelatedPositions',
      '/riskManagement/breakevenBufferPercent',
      '/assetManagement/preferredAssets',
      '/tradeSettings/minPositionSizePercent',
      '/tradeSettings/defaultLeverage',
    ],
  );
});

test('expected returns pass when the least equals the highest, or one of them is off', () => {
  merged({ strategyLogic: { minROIThreshold: 2, maxROIThreshold: 2 } });
  merged({ strategyLogic: { minROIThreshold: 2, maxROIThreshold: 0 } });
  assert.deepEqual(refused({ strategyLogic: { minROIThreshold: 2.01, maxROIThreshold: 2 } }), [
    '/strategyLogic/minROIThreshold',
  ]);
});

test('a trailing target needs a trail, in the base and under an override', () => {
  const trailing = { riskManagement: { takeProfitMode: 'trailing' } };
  merged({ ...trailing, tradeSettings: { trailingTakeProfitPercent: 0.5 } });
  assert.deepEqual(refused(trailing), ['/tradeSettings/trailingTakeProfitPercent']);
  assert.deepEqual(refused({ overrides: { detectors: { trend: trailing } } }), [
    '/overrides/detectors/trend/tradeSettings/trailingTakeProfitPercent',
  ]);
});

test('a window may cross midnight or end at 24:00, and must not be empty', () => {
  const windows = (from: string, to: string) => ({ noTradeWindows: [{ days: 'all', from, to, label: 'x' }] });
  merged(windows('22:00', '02:00'));
  merged(windows('00:00', '24:00'));
  assert.deepEqual(refused(windows('10:00', '10:00')), ['/noTradeWindows/0/to']);
  assert.deepEqual(refused(windows('24:00', '10:00')), ['/noTradeWindows/0/from']);
  assert.deepEqual(refused(windows('10:60', '11:00')), ['/noTradeWindows/0/from']);
});

test('a time zone is a name of the IANA database', () => {
  for (const timezone of ['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires']) merged({ general: { timezone } });
  for (const timezone of ['', 'Berlin', '+01:00', 'x', 'UTC ']) {
    assert.deepEqual(refused({ general: { timezone } }), ['/general/timezone'], timezone);
  }
});

const examples = new URL('../../../../../shared/examples/', import.meta.url);
test('the options of the shared examples are taken', {
  skip: !existsSync(examples) && 'no shared examples here',
}, () => {
  const files = globSync('*.json', { cwd: examples });
  assert.ok(files.length > 0);
  for (const file of files) merged(JSON.parse(readFileSync(new URL(file, examples), 'utf8')).options);
});
