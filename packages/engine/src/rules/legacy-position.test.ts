import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

const legacy = [{ symbol: 'ETHUSDT', side: 'LONG' as const, quantity: 1, entryPrice: 2000, leverage: 10 }];

test('refuses with LEGACY_POSITION when the symbol holds a position from before, of either side, until it is adopted', () => {
  const bench = openBench({ positions: legacy }).price('ETHUSDT', 2000);
  assert.equal(bench.open({ quantity: 1 }).code, 'LEGACY_POSITION');
  assert.equal(bench.open({ quantity: 1, side: 'SHORT' }).code, 'LEGACY_POSITION');
  bench.command('adopt', { positionId: { connectorType: 'paper', marketType: 'futures', symbol: 'ETHUSDT' } });
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});

test('passes for another symbol', () => {
  const bench = openBench({ positions: legacy }).price('ETHUSDT', 2000).price('SOLUSDT', 150);
  assert.equal(bench.open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'OK');
});
