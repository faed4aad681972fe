import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

test('refuses with NOT_RECONCILED when the account has not been compared with the venue', () => {
  const bench = openBench({ account: false, venue: 'none' }).price('ETHUSDT', 2000);
  assert.equal(bench.open({ quantity: 1 }).code, 'NOT_RECONCILED');
  bench.balance(50_000);
  assert.equal(bench.open({ quantity: 1 }).code, 'NOT_RECONCILED', 'a balance is no comparison');
  bench.snapshot({ walletBalance: 50_000, positions: [] });
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});

test('refuses with NOT_RECONCILED while a difference is unresolved', () => {
  const bench = openBench({ venue: 'none' }).price('ETHUSDT', 2000);
  const positions = [{ symbol: 'SOLUSDT', side: 'LONG' as const, quantity: 1, entryPrice: 150 }];
  bench.price('SOLUSDT', 150).snapshot({ walletBalance: 50_000, positions });
  assert.equal(bench.open({ quantity: 1 }).code, 'NOT_RECONCILED');
  bench.at(1000).snapshot({ walletBalance: 50_000, positions });
  assert.equal(bench.open({ quantity: 1 }).code, 'OK', 'seen twice, 1 s apart, it is repaired');
});
