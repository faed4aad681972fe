import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heldAtCost } from './money.ts';
import { createSpotBook, type SpotBook } from './spot-book.ts';
import type { SpotMarket, SpotMarkets } from './spot-markets.ts';

const marketOf = (symbol: string, base: string): SpotMarket => ({
  symbol,
  unified: symbol,
  base,
  stepSize: 0.001,
  minQuantity: 0.001,
  minNotional: 5,
  takesMarketStops: true,
});
const list = [marketOf('BTCUSDT', 'BTC'), marketOf('BTCFDUSD', 'BTC'), marketOf('BNBUSDT', 'BNB')];
const markets: SpotMarkets = {
  bySymbol: (symbol) => list.find((market) => market.symbol === symbol),
  of: (asset) => list.filter(({ base }) => base === asset),
};

function begun(): SpotBook {
  const book = createSpotBook();
  book.useMarkets(markets);
  book.begin();
  return book;
}

const balance = (asset: string, total: number, free = total) => ({ asset, total, free });
const buy = (quantity: number, price: number, more: object = {}) => ({
  symbol: 'BTCUSDT',
  side: 'BUY' as const,
  quantity,
  price,
  baseFee: 0,
  time: 100,
  ...more,
});
const held = (symbol: string, quantity: number, entryPrice: number) => ({
  symbol,
  side: 'LONG',
  quantity,
  entryPrice,
});
/** Wallet and results at a price: what the account is worth. */
const worthAt = (book: SpotBook, price: number): number =>
  [...book.wallets().values()].reduce((sum, each) => sum + each, 0) +
  book.positions().reduce((sum, { quantity, entryPrice }) => sum + (price - entryPrice) * quantity, 0);

test('a purchase is a position at its price, and the account is worth as much as before', () => {
  const book = begun();
  book.setBalances([balance('USDT', 1000)], 1);
  book.fill(buy(0.01, 60_000));
  book.setBalances([balance('USDT', 400), balance('BTC', 0.01)], 100);
  assert.deepEqual(book.positions(), [held('BTCUSDT', 0.01, 60_000)]);
  assert.deepEqual(
    [...book.wallets()],
    [
      ['USDT', 400],
      [heldAtCost, 600],
    ],
  );
  assert.equal(worthAt(book, 60_000), 1000);
  assert.equal(worthAt(book, 61_000), 1010);
});

test('a sale leaves the mean as it is; the wallet moves by what it brought', () => {
  const book = begun();
  book.fill(buy(0.01, 60_000));
  book.fill(buy(0.01, 62_000));
  book.setBalances([balance('USDT', 0), balance('BTC', 0.02)], 100);
  book.fill({ ...buy(0.005, 63_000), side: 'SELL', time: 200 });
  book.setBalances([balance('USDT', 315), balance('BTC', 0.015)], 200);
  assert.deepEqual(book.positions(), [held('BTCUSDT', 0.015, 61_000)]);
  assert.equal(book.wallets().get(heldAtCost), 915);
});

test('the balance that contains a fill may come before it', () => {
  const book = begun();
  book.setPrice('BTCUSDT', 59_000);
  book.setBalances([balance('BTC', 0.02)], 100);
  assert.deepEqual(book.positions(), [held('BTCUSDT', 0.02, 59_000)]);
  book.fill(buy(0.01, 60_000, { symbol: 'BTCFDUSD', time: 99 }));
  book.fill(buy(0.01, 62_000, { symbol: 'BTCFDUSD', time: 100 }));
  assert.deepEqual(book.positions(), [held('BTCFDUSD', 0.02, 61_000)]);

  book.setBalances([balance('BTC', 0.005)], 200);
  book.fill({ ...buy(0.015, 63_000, { symbol: 'BTCFDUSD' }), side: 'SELL', time: 200 });
  assert.deepEqual(book.positions(), [held('BTCFDUSD', 0.005, 61_000)]);
});

test('what came without a fill is no fill that comes later', () => {
  const book = begun();
  book.setPrice('BTCUSDT', 50_000);
  book.setBalances([balance('BTC', 1)], 100);
  book.fill(buy(1, 60_000, { time: 101 }));
  book.setBalances([balance('BTC', 2)], 101);
  assert.deepEqual(book.positions(), [held('BTCUSDT', 2, 55_000)]);
});

test('a fee that is taken from what was bought makes the position smaller', () => {
  const book = begun();
  book.fill(buy(0.01, 60_000, { baseFee: 0.00001 }));
  assert.equal(book.sellable('BTCUSDT'), 0.00999);
  book.setBalances([balance('BTC', 0.00999)], 100);
  assert.deepEqual(book.positions(), [held('BTCUSDT', 0.009, 60_000)], 'in whole steps');
  assert.equal(book.wallets().get(heldAtCost), 599.4);
  assert.equal(book.sellable('BNBUSDT'), undefined);
});

test('each market in which it was bought is a position; a sale takes from the others what it lacks', () => {
  const book = begun();
  book.fill(buy(0.02, 60_000));
  book.fill(buy(0.01, 61_000, { symbol: 'BTCFDUSD' }));
  book.setBalances([balance('BTC', 0.03)], 100);
  assert.deepEqual(book.positions(), [held('BTCUSDT', 0.02, 60_000), held('BTCFDUSD', 0.01, 61_000)]);
  book.fill({ ...buy(0.015, 62_000, { symbol: 'BTCFDUSD' }), side: 'SELL', time: 200 });
  book.setBalances([balance('BTC', 0.015)], 200);
  const gone = held('BTCFDUSD', 0, 61_000);
  assert.deepEqual(book.positions(new Set(['BTC'])), [held('BTCUSDT', 0.015, 60_000), gone]);
  assert.deepEqual(book.positions(new Set(['BTC'])), [held('BTCUSDT', 0.015, 60_000)], 'told once');
});

test('what is too little to be sold is no position, by quantity or by worth', () => {
  const book = begun();
  book.fill(buy(0.001, 60_000));
  assert.equal(book.positions().length, 1, 'exactly the least');
  book.fill({ ...buy(0.0001, 60_000), side: 'SELL' });
  assert.deepEqual(book.positions(), []);
  assert.equal(book.wallets().get(heldAtCost), 54, 'and it is worth something all the same');
  book.fill({ ...buy(0.01, 499, { symbol: 'BNBUSDT' }) });
  assert.deepEqual(book.positions(), []);
  book.fill({ ...buy(0.01, 501, { symbol: 'BNBUSDT' }) });
  assert.deepEqual(book.positions(), [held('BNBUSDT', 0.02, 500)]);
});

test('what is there at the start waits to be seen, the most of worth first', () => {
  const book = createSpotBook();
  book.useMarkets(markets);
  book.setPrice('BTCUSDT', 60_000);
  book.setPrice('BNBUSDT', 500);
  const shown = [balance('BNB', 2), balance('BTC', 0.5, 0.2), balance('USDT', 100, 70), balance('XYZ', 5)];
  book.setBalances(shown, 1, true);
  assert.deepEqual(book.unseen(), [
    { asset: 'BTC', quantity: 0.5 },
    { asset: 'BNB', quantity: 2 },
  ]);
  assert.equal(book.freeMoney(), 70);
  book.see('BTC', { symbol: 'BTCUSDT', entryPrice: 40_000 });
  book.begin();
  assert.deepEqual(book.positions(), [held('BTCUSDT', 0.5, 40_000)], 'what is bound is held too');
  book.setBalances([balance('USDT', 100)], 2, true);
  assert.deepEqual(book.positions(), [], 'what a whole list does not name is gone');
});

test('only what the stream says counts as a change', () => {
  const book = begun();
  book.setBalances([balance('USDT', 1)], 1, true);
  assert.equal(book.changes, 0);
  book.setBalances([balance('USDT', 2)], 2);
  book.fill(buy(1, 1));
  assert.equal(book.changes, 2);
});
