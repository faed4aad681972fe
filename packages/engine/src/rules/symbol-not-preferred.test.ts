import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

test('refuses with SYMBOL_NOT_PREFERRED when the restriction is on and neither name nor base asset is listed', () => {
  const options = { assetManagement: { restrictToPreferred: true, preferredAssets: ['btc', 'SOLUSDT'] } };
  const bench = openBench({ options }).price('ETHUSDT', 2000).price('BTCUSDT', 60_000).price('SOLUSDT', 150);
  assert.equal(bench.open({ quantity: 1 }).code, 'SYMBOL_NOT_PREFERRED');
  assert.equal(bench.open({ symbol: 'BTCUSDT', quantity: 0.1 }).code, 'OK');
  assert.equal(bench.open({ symbol: 'SOLUSDT', quantity: 1 }).code, 'OK');
});

test('passes when the restriction is off, whatever is listed', () => {
  const bench = openBench({ options: { assetManagement: { preferredAssets: ['BTC'] } } }).price('ETHUSDT', 2000);
  assert.equal(bench.open({ quantity: 1 }).code, 'OK');
});
