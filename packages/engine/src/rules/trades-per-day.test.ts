import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

test('refuses with TRADES_PER_DAY when the entries approved today reach the limit, filled or not', () => {
  const bench = openBench({ venue: 'none', options: { riskManagement: { maxTradesPerDay: 2 } } }).price(
    'ETHUSDT',
    2000,
  );
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
  assert.equal(bench.open({ symbol: 'HALTUSDT', quantity: 1 }).code, 'SYMBOL_UNKNOWN', 'a refusal does not count');
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
  assert.equal(bench.last('LIMIT_BREACHED')?.data.action, 'BLOCK');
  assert.equal(bench.last('GOVERNOR_CHANGED')?.code, 'BLOCK');
  assert.equal(bench.open({ quantity: 1 }).code, 'TRADES_PER_DAY');
});

test('passes on the next day, when the block ends', () => {
  const bench = openBench({ options: { riskManagement: { maxTradesPerDay: 1 } } }).price('ETHUSDT', 2000);
  bench.open({ quantity: 1 });
  bench.at(12 * 3_600_000).price('ETHUSDT', 2000);
  assert.equal(bench.last('GOVERNOR_CHANGED')?.code, 'ALLOW');
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});

test('exits pass and count for nothing', () => {
  const bench = openBench({ options: { riskManagement: { maxTradesPerDay: 2 } } }).price('ETHUSDT', 2000);
  bench.open({ quantity: 2 });
  bench.exit('reduce', { quantity: 1 });
  bench.exit('close');
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
  assert.equal(bench.exit('close').code, 'OK');
});
