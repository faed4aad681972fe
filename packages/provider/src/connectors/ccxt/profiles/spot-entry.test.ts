import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entryFromTrades, type SpotTrade } from './spot-entry.ts';

const trade = (side: 'BUY' | 'SELL', quantity: number, price: number, symbol = 'BTCUSDT'): SpotTrade => ({
  symbol,
  side,
  quantity,
  price,
  time: 0,
});

const entryOf = (trades: SpotTrade[], quantity: number) => entryFromTrades(trades, { quantity, dust: 0.001 });

test('the mean of what was bought since nothing was held; sales leave it as it is', () => {
  const trades = [
    trade('BUY', 1, 10_000),
    trade('SELL', 1, 11_000),
    trade('BUY', 1, 20_000),
    trade('BUY', 1, 30_000),
    trade('SELL', 0.5, 99_000),
  ];
  assert.deepEqual(entryOf(trades, 1.5), { symbol: 'BTCUSDT', entryPrice: 25_000 });
});

test('a rest that cannot be sold counts as nothing', () => {
  const trades = [trade('BUY', 1, 10_000), trade('SELL', 0.9995, 11_000), trade('BUY', 1, 20_000)];
  assert.equal(entryOf(trades, 1.0005)?.entryPrice, 20_000);
  const more = [trade('BUY', 1, 10_000), trade('SELL', 0.5, 11_000), trade('BUY', 1, 20_000)];
  assert.equal(entryOf(more, 1.5)?.entryPrice, (0.5 * 10_000 + 20_000) / 1.5);
});

test('what was held before the first trade counts at its price', () => {
  assert.equal(entryOf([trade('BUY', 1, 20_000)], 3)?.entryPrice, 20_000);
  assert.equal(entryOf([trade('SELL', 1, 20_000), trade('BUY', 1, 30_000)], 3)?.entryPrice, (2 * 20_000 + 30_000) / 3);
});

test('more bought than is there was withdrawn; no trades say nothing', () => {
  assert.equal(entryOf([trade('BUY', 5, 20_000)], 1)?.entryPrice, 20_000);
  assert.equal(entryOf([], 1), undefined);
});

test('the market is the one that was traded last', () => {
  const trades = [trade('BUY', 1, 20_000), trade('BUY', 1, 30_000, 'BTCFDUSD')];
  assert.deepEqual(entryOf(trades, 2), { symbol: 'BTCFDUSD', entryPrice: 25_000 });
});
