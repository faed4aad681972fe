import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AccountExposure,
  defaultOptions,
  entryCodes,
  type HeadroomEntry,
  type KpiSnapshot,
  mergeOptions,
  optionFieldAt,
  policyNames,
} from '@inspector/contract';
import { limitPolicy, limitSetting } from './limit-setting.ts';
import { limitArithmetic, optionOfCode, policyOfCode } from './limit-words.ts';

test('every option that a code points to is one that can be edited', () => {
  for (const code of entryCodes) {
    const path = optionOfCode(code);
    if (path !== null) assert.ok(optionFieldAt(path), `${code}: ${path}`);
  }
});

test('every policy belongs to a code, and other codes have none', () => {
  const named = entryCodes.map(policyOfCode).filter((name) => name !== null);
  assert.deepEqual(named.sort(), [...policyNames].sort());
  assert.equal(policyOfCode('SPREAD'), null);
});

test('an override of the scope is what sets the limit there', () => {
  const merged = mergeOptions(defaultOptions, {
    overrides: { symbols: { BTCUSDT: { tradeSettings: { maxPositionSizePercent: 7 } } } },
  });
  assert.ok('options' in merged);
  const { options } = merged;
  const path = 'tradeSettings.maxPositionSizePercent';
  assert.deepEqual(limitSetting(options, 'POSITION_SIZE_MAX', 'symbol:paper:futures:BTCUSDT'), {
    path,
    value: 7,
    override: 'symbol BTCUSDT',
  });
  assert.deepEqual(limitSetting(options, 'POSITION_SIZE_MAX', 'symbol:paper:futures:ETHUSDT'), {
    path,
    value: 20,
    override: null,
  });
  assert.equal(limitSetting(options, 'SYMBOL_UNKNOWN', 'global'), null);
  assert.deepEqual(limitPolicy(options, 'DRAWDOWN'), { action: 'CLOSE_ALL', until: 'manual' });
  assert.equal(limitPolicy(options, 'SPREAD'), null);
});

const entry = (fields: Partial<HeadroomEntry>): HeadroomEntry => ({
  code: 'DAILY_LOSS',
  scope: 'account:paper:futures',
  observed: 1,
  limit: 5,
  unit: '%',
  usedPct: 20,
  distance: 4,
  timeToTripSec: null,
  action: 'STAND_DOWN',
  ...fields,
});

const kpi = {
  dayStartEquityUsd: 10_000,
  currentEquityUsd: 9_900,
  equityPeakUsd: 10_000,
  dailyPnlUsd: -100,
  dailyPnlPct: -1,
} as KpiSnapshot;

const exposure = {
  equityUsd: 9_900,
  grossNotionalUsd: 2_970,
  reservedNotionalUsd: 0,
  openPositions: 2,
  reservedPositions: 1,
} as AccountExposure;

test('the arithmetic names every figure that the reading comes from', () => {
  const context = { kpi, exposure };
  assert.equal(
    limitArithmetic(entry({}), context),
    "The day's result, unrealised included, is −100.00 USD of 10,000.00 USD at the day's start, −1.00 %; for a loss the limit is 5 % = 500.00 USD. 4.00 % left.",
  );
  assert.equal(
    limitArithmetic(entry({ code: 'DRAWDOWN', limit: 15, distance: 14 }), context),
    'Peak 10,000.00 USD less equity 9,900.00 USD is 100.00 USD, 1.00 % of the peak; the limit is 15 % = 1,500.00 USD. 14.00 % left.',
  );
  assert.equal(
    limitArithmetic(entry({ code: 'PORTFOLIO_EXPOSURE', observed: 30, limit: 30, distance: 0 }), context),
    'Open 2,970.00 USD and reserved 0.00 USD are 30.00 % of equity 9,900.00 USD; the limit is 30 % = 2,970.00 USD. The limit is reached.',
  );
  assert.equal(
    limitArithmetic(entry({ code: 'OPEN_POSITIONS', unit: 'count', observed: 3, limit: 6, distance: 3 }), context),
    '2 open and 1 reserved positions; at most 6. 3 left.',
  );
});

test('a reading that is not known is said to be so, and figures that are missing leave the reading', () => {
  assert.match(limitArithmetic(entry({ observed: null, distance: null }), { kpi, exposure }), /not known now/);
  assert.equal(
    limitArithmetic(entry({ code: 'DRAWDOWN' }), { kpi: undefined, exposure: undefined }),
    '1.00 % of 5.00 %. 4.00 % left.',
  );
});
