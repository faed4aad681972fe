import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

for (const excluded of ['ETHUSDT', 'ethusdt', 'ETH', 'eth']) {
  test(`refuses with SYMBOL_EXCLUDED when excludedAssets holds ${excluded}`, () => {
    const bench = openBench({ options: { assetManagement: { excludedAssets: [excluded] } } });
    bench.price('ETHUSDT', 2000).price('BTCUSDT', 60_000);
    assert.equal(bench.open({ quantity: 1 }).code, 'SYMBOL_EXCLUDED');
    assert.equal(bench.open({ symbol: 'BTCUSDT', quantity: 0.1 }).code, 'OK');
  });
}

test('passes when only a part of the name or the quote asset is listed', () => {
  const bench = openBench({ options: { assetManagement: { excludedAssets: ['USDT', 'ET'] } } });
  assert.equal(bench.price('ETHUSDT', 2000).open({ quantity: 1 }).code, 'OK');
});
