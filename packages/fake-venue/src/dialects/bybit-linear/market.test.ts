import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bybitFor } from '#testing/bybit-for-test.ts';

test('instruments come in pages, with the filters that orders must pass', async (t) => {
  const client = await bybitFor(t);
  const first = await client.open('/v5/market/instruments-info', { category: 'linear', limit: 2 });
  assert.deepEqual(
    first.result.list.map((one) => [one.symbol, one.contractType, one.status, one.settleCoin]),
    [
      ['BTCUSDT', 'LinearPerpetual', 'Trading', 'USDT'],
      ['ETHUSDT', 'LinearPerpetual', 'Trading', 'USDT'],
    ],
  );
  const [btc] = first.result.list as { priceFilter: object; lotSizeFilter: { qtyStep: string } }[];
  assert.deepEqual(btc!.priceFilter, { minPrice: '0.1', maxPrice: '1999999.8', tickSize: '0.1' });
  assert.equal(btc!.lotSizeFilter.qtyStep, '0.001');
  const cursor = first.result.nextPageCursor;
  const second = await client.open('/v5/market/instruments-info', { category: 'linear', limit: 2, cursor });
  assert.deepEqual(
    second.result.list.map((one) => one.symbol),
    ['SOLUSDT'],
  );
  assert.equal(second.result.nextPageCursor, '');
  const none = async (params: Record<string, string>) =>
    (await client.open('/v5/market/instruments-info', params)).result.list.length;
  assert.equal(await none({ category: 'linear', status: 'PreLaunch' }), 0);
  assert.equal(await none({ category: 'inverse' }), 0);
  assert.equal((await client.open('/v5/market/instruments-info')).code, 10001);
  assert.equal((await client.open('/v5/market/instruments-info', { category: 'linear', symbol: 'NO' })).code, 10001);
});

test('symbolWithoutPrecision: that symbol is listed bare, the others are not', async (t) => {
  const client = await bybitFor(t);
  client.venue.faults.symbolWithoutPrecision = 'ETHUSDT';
  const { result } = await client.open('/v5/market/instruments-info', { category: 'linear' });
  assert.deepEqual(
    result.list.map((one) => Object.keys(one.priceFilter as object).length > 0),
    [true, false, true],
  );
});

test('book, ticker, candles and trades tell of the same market, lists newest first', async (t) => {
  const client = await bybitFor(t);
  client.venue.market.move('BTCUSDT', 60100);
  client.venue.market.mark('BTCUSDT', 60105.5);
  client.venue.market.print('BTCUSDT', 60101, 0.5, 'SELL');
  const of = async (path: string, params: Record<string, string | number> = {}) =>
    (await client.open(`/v5/market/${path}`, { category: 'linear', symbol: 'BTCUSDT', ...params })).result;
  const book = await of('orderbook', { limit: 1 });
  assert.deepEqual([book.s, book.b, book.a], ['BTCUSDT', [['60099.9', '3.328']], [['60100.1', '3.328']]]);
  const [ticker] = (await of('tickers')).list;
  assert.deepEqual(
    [ticker!.lastPrice, ticker!.markPrice, ticker!.bid1Price, ticker!.openInterestValue !== undefined],
    ['60101', '60105.5', '60099.9', true],
  );
  const trades = (await of('recent-trade', { limit: 2 })).list;
  assert.deepEqual(
    trades.map((trade) => [trade.price, trade.side, trade.size]),
    [
      ['60101', 'Sell', '0.5'],
      ['60100', 'Buy', '0.01'],
    ],
  );
  const klines = (await of('kline', { interval: '5', limit: 3 })).list as unknown as string[][];
  assert.equal(klines.length, 3);
  assert.equal(Number(klines[0]![0]) - Number(klines[1]![0]), 300_000);
  assert.equal(klines[0]![4], '60101');
  const bad = { category: 'linear', symbol: 'BTCUSDT', interval: '7' };
  assert.equal((await client.open('/v5/market/kline', bad)).code, 10001);
});
