import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBench } from '#testing/bench.ts';

const decide = (price: number | undefined) => {
  const bench = openBench({ options: { assetManagement: { priceCollarPercent: 5 } } }).price('ETHUSDT', 2000);
  return bench.open(price === undefined ? { quantity: 1 } : { quantity: 1, price }).code;
};

test('passes when the limit price is priceCollarPercent away, refuses with PRICE_COLLAR when further, on either side', () => {
  assert.equal(decide(1900), 'OK');
  assert.equal(decide(1899.99), 'PRICE_COLLAR');
  assert.equal(decide(2100), 'OK');
  assert.equal(decide(2100.01), 'PRICE_COLLAR');
});

test('passes for a market order', () => assert.equal(decide(undefined), 'OK'));

test('is measured from the valuation price: the mark, not the mid', () => {
  const bench = openBench({ options: { assetManagement: { priceCollarPercent: 5 } } });
  bench.book('ETHUSDT', 2000).mark('ETHUSDT', 2010);
  assert.equal(bench.open({ quantity: 1, price: 1909.5 }).code, 'OK');
  assert.equal(bench.open({ quantity: 1, price: 1900 }).code, 'PRICE_COLLAR');
});
