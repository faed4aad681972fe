import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf, openBench, usualSymbols } from '#testing/bench.ts';

test('refuses with SYMBOL_UNKNOWN when the venue does not list the symbol', () => {
  const bench = openBench();
  assert.deepEqual(codesOf(bench.open({ symbol: 'NOSUCHUSDT', quantity: 1 })), ['SYMBOL_UNKNOWN', 'PRICE_MISSING']);
});

test('refuses with SYMBOL_UNKNOWN when the symbol is not trading', () => {
  const bench = openBench().price('HALTUSDT', 10);
  assert.deepEqual(codesOf(bench.open({ symbol: 'HALTUSDT', quantity: 1 })), ['SYMBOL_UNKNOWN']);
});

test('refuses with SYMBOL_UNKNOWN when a newer list leaves the symbol out', () => {
  const bench = openBench().price('ETHUSDT', 2000);
  bench.symbols(usualSymbols.filter(({ name }) => name !== 'ETHUSDT'));
  assert.equal(bench.open({ quantity: 1 }).code, 'SYMBOL_UNKNOWN');
  bench.symbols(usualSymbols);
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});

test('refuses with SYMBOL_UNKNOWN when something is to be sold short on spot', () => {
  const bench = openBench();
  const spot = { connectorType: 'paper', marketType: 'spot' };
  bench.feed({ kind: 'symbols', now: bench.now, ...spot, symbols: [...usualSymbols] });
  bench.feed({ kind: 'account-start', now: bench.now, ...spot, walletBalance: 1000, positions: [] });
  assert.ok(codesOf(bench.open({ ...spot, side: 'SHORT', quantity: 0.1 })).includes('SYMBOL_UNKNOWN'));
  assert.ok(!codesOf(bench.open({ ...spot, quantity: 0.1 })).includes('SYMBOL_UNKNOWN'));
});
