import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { recordedLines } from '#control/recorded-lines.ts';
import { BUY, openStream, until, venueFor } from '#testing/venue-for-test.ts';
import { startFakeVenue } from '#venue/start-fake-venue.ts';

const RECORDING = new URL('../../../../../shared/data/usdm_btcusdt_20240808.gz', import.meta.url).pathname;

test('a walk moves all symbols, the same way for the same seed, and ends with the venue', async (t) => {
  const pathOf = async (seed: number): Promise<string> => {
    const venue = await startFakeVenue();
    t.after(() => venue.stop());
    const stream = await openStream(t, venue, '/ws/btcusdt@trade/ethusdt@trade/solusdt@trade');
    venue.market.walk({ seed, everyMs: 2 });
    await until(() => stream.messages.length >= 30);
    await venue.stop();
    return stream.messages
      .slice(0, 30)
      .map((message) => `${message.s} ${message.p}`)
      .join(' ');
  };
  const first = await pathOf(7);
  assert.equal(await pathOf(7), first);
  assert.notEqual(await pathOf(8), first);
});

const LINES = [
  '1000000000 {"lastUpdateId":1,"bids":[["99.9","5"],["99.8","5"]],"asks":[["100.1","2"],["100.2","5"]]}',
  '1000000000 {"stream":"solusdt@trade","data":{"e":"trade","s":"SOLUSDT","p":"100.10","q":"1","X":"MARKET","m":false}}',
  '1001000000 {"stream":"solusdt@trade","data":{"e":"trade","s":"SOLUSDT","p":"70.00","q":"1","X":"INSURANCE_FUND","m":false}}',
  '1002000000 {"stream":"solusdt@bookTicker","data":{"e":"bookTicker","b":"100.10","B":"3","a":"100.30","A":"4"}}',
  '1003000000 {"stream":"solusdt@depth@0ms","data":{"e":"depthUpdate","b":[["100.10","0.000"]],"a":[["100.20","7"]]}}',
];

test('a recording drives book and trades; a print that is no market print is left out', async (t) => {
  const { venue } = await venueFor(t);
  const played = await venue.market.play(LINES, { symbol: 'SOLUSDT', priceScale: 2 });
  assert.deepEqual(played, { lines: 5, trades: 1, books: 3 });
  const fill = venue.owner.order({ symbol: 'SOLUSDT', side: 'BUY', type: 'MARKET', quantity: 7 });
  assert.equal(fill.filledNotional / fill.filledQuantity, 200.4);
  const sold = venue.owner.order({ symbol: 'SOLUSDT', side: 'SELL', type: 'MARKET', quantity: 5 });
  assert.equal(sold.filledNotional / sold.filledQuantity, 199.8);
});

test('the real recording plays through, and its prices trigger and fill', {
  skip: !existsSync(RECORDING) && 'no recording here',
}, async (t) => {
  const client = await venueFor(t);
  await client.signed('POST', '/fapi/v1/order', BUY);
  let lines = 0;
  async function* some(): AsyncGenerator<string> {
    for await (const line of recordedLines(RECORDING)) {
      if (++lines > 20_000) return;
      yield line;
    }
  }
  client.venue.owner.order({
    symbol: 'BTCUSDT',
    side: 'SELL',
    type: 'TAKE_PROFIT_MARKET',
    quantity: 0.01,
    stopPrice: 61_000,
    reduceOnly: true,
  });
  const played = await client.venue.market.play(some(), { symbol: 'BTCUSDT' });
  assert.equal(played.lines, 20_000);
  assert.ok(played.trades > 1000);
  assert.deepEqual(client.venue.account().positions, []);
});
