import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decisionCodes } from '@inspector/contract';
import { codesOf, openBench, START } from '#testing/bench.ts';
import { entryRules } from './index.ts';

test('the rules stand in the order of the contract’s codes', () => {
  const codes = entryRules.map(({ code }) => code);
  assert.equal(codes.length, 39);
  assert.deepEqual(
    decisionCodes.filter((code) => (codes as readonly string[]).includes(code)),
    codes,
  );
});

test('violations lists all that refuse, in order; the code is the first', () => {
  const bench = openBench({
    options: {
      riskManagement: { riskPerTradePercent: 1, maxOpenPositions: 1, maxPortfolioExposurePercent: 10 },
      assetManagement: { excludedAssets: ['ETH'], spreadTolerancePercent: 0.0001, priceCollarPercent: 1 },
      tradeSettings: { maxOrderNotionalUsd: 1000, maxLeverage: 5, maxPositionSizePercent: 1 },
      noTradeWindows: [{ days: 'all', from: '00:00', to: '23:59' }],
    },
    positions: [{ symbol: 'SOLUSDT', side: 'LONG', quantity: 1, entryPrice: 100, leverage: 10 }],
  });
  bench.price('SOLUSDT', 100).price('ETHUSDT', 2000).command('standdown', { enabled: true });
  const decision = bench.open({ quantity: 100, price: 1900, leverage: 6 });
  assert.equal(decision.code, 'STAND_DOWN_ACTIVE');
  assert.deepEqual(codesOf(decision), [
    'STAND_DOWN_ACTIVE',
    'SYMBOL_EXCLUDED',
    'NO_TRADE_WINDOW',
    'OPEN_POSITIONS',
    'SPREAD',
    'PRICE_COLLAR',
    'ORDER_NOTIONAL',
    'LEVERAGE',
    'POSITION_SIZE_MAX',
    'RISK_UNBOUNDED',
    'PORTFOLIO_EXPOSURE',
  ]);
  for (const { message, scope } of decision.data.violations) assert.ok(message.length > 0 && scope.length > 0);
});

test('rules 1 to 3 end the evaluation', () => {
  const bench = openBench().price('ETHUSDT', 2000).command('standdown', { enabled: true });
  assert.deepEqual(codesOf(bench.open({ quantity: -1 })), ['REQUEST_INVALID']);
  assert.deepEqual(codesOf(bench.open({ quantity: 1, expiresAt: START - 1 })), ['REQUEST_EXPIRED']);
  bench.open({ requestId: 'r', quantity: 1 });
  assert.deepEqual(codesOf(bench.open({ requestId: 'r', quantity: 1 })), ['REQUEST_DUPLICATE']);
});
