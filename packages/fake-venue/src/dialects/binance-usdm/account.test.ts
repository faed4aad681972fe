import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUY, STOP, venueFor } from '#testing/venue-for-test.ts';

test('account, balance and risk agree on a position that has moved', async (t) => {
  const client = await venueFor(t, { takerFeePercent: 0 });
  await client.signed('POST', '/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: 10 });
  await client.signed('POST', '/fapi/v1/order', BUY);
  client.venue.market.mark('BTCUSDT', 61000.1);
  const [balance] = (await client.signed('GET', '/fapi/v3/balance')).body as unknown as Record<string, string>[];
  assert.deepEqual([balance!.balance, balance!.crossUnPnl, balance!.availableBalance], ['10000', '10', '9948.9999']);
  for (const version of [2, 3]) {
    const { body } = await client.signed('GET', `/fapi/v${version}/account`);
    assert.deepEqual(
      [body.totalWalletBalance, body.totalMarginBalance, body.totalPositionInitialMargin],
      ['10000', '10010', '61.0001'],
    );
    assert.equal((body.positions as unknown[]).length, version === 2 ? 3 : 1);
  }
  const [risk] = (await client.signed('GET', '/fapi/v3/positionRisk', { symbol: 'BTCUSDT' })).body as unknown as Record<
    string,
    string
  >[];
  assert.deepEqual([risk!.positionAmt, risk!.entryPrice, risk!.unRealizedProfit], ['0.01', '60000.1', '10']);
  const all = (await client.signed('GET', '/fapi/v2/positionRisk')).body as unknown as Record<string, string>[];
  assert.deepEqual(
    all.map((one) => [one.symbol, one.positionAmt, one.leverage]),
    [
      ['BTCUSDT', '0.01', '10'],
      ['ETHUSDT', '0', '20'],
      ['SOLUSDT', '0', '20'],
    ],
  );
});

test('leverage is taken up to the limit of the symbol', async (t) => {
  const client = await venueFor(t);
  const codeOf = async (leverage: number) =>
    (await client.signed('POST', '/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage })).body.code;
  assert.equal(await codeOf(125), undefined);
  assert.equal(await codeOf(126), -4028);
  assert.equal(await codeOf(0), -4028);
});

test('modes are set once, and not while orders or positions stand in the way', async (t) => {
  const client = await venueFor(t);
  const margin = async (marginType: string) =>
    (await client.signed('POST', '/fapi/v1/marginType', { symbol: 'BTCUSDT', marginType })).body.code;
  const hedge = async (dualSidePosition: boolean) =>
    (await client.signed('POST', '/fapi/v1/positionSide/dual', { dualSidePosition })).body.code;
  assert.equal(await margin('CROSSED'), -4046);
  assert.equal(await margin('ISOLATED'), 200);
  assert.equal(await hedge(false), -4059);
  await client.signed('POST', '/fapi/v1/algoOrder', STOP);
  assert.deepEqual([await margin('CROSSED'), await hedge(true)], [-4047, -4067]);
  client.venue.owner.cancelAll();
  await client.signed('POST', '/fapi/v1/order', BUY);
  assert.deepEqual([await margin('CROSSED'), await hedge(true)], [-4048, -4068]);
  client.venue.owner.closePosition('BTCUSDT');
  assert.deepEqual([await margin('CROSSED'), await hedge(true)], [200, 200]);
  assert.deepEqual((await client.signed('GET', '/fapi/v1/positionSide/dual')).body, { dualSidePosition: true });
});

test('multi-assets mode is read and set, and keeps isolated margin out', async (t) => {
  const client = await venueFor(t);
  const set = async (multiAssetsMargin: boolean) =>
    (await client.signed('POST', '/fapi/v1/multiAssetsMargin', { multiAssetsMargin })).body.code;
  assert.deepEqual([await set(false), await set(true)], [-4171, 200]);
  assert.deepEqual((await client.signed('GET', '/fapi/v1/multiAssetsMargin')).body, { multiAssetsMargin: true });
  const isolated = await client.signed('POST', '/fapi/v1/marginType', { symbol: 'BTCUSDT', marginType: 'ISOLATED' });
  assert.equal(isolated.body.code, -4168);
});

test('trades and income tell of fills, fees, results and transfers, from a time on', async (t) => {
  const client = await venueFor(t);
  await client.signed('POST', '/fapi/v1/order', { ...BUY, newClientOrderId: 'buy' });
  client.venue.market.move('BTCUSDT', 61000);
  client.venue.owner.closePosition('BTCUSDT');
  client.venue.owner.transfer(50);
  const trades = (await client.signed('GET', '/fapi/v1/userTrades', { symbol: 'BTCUSDT' })).body as unknown as Record<
    string,
    unknown
  >[];
  assert.deepEqual(
    trades.map((trade) => [trade.side, trade.price, trade.realizedPnl]),
    [
      ['BUY', '60000.1', '0'],
      ['SELL', '60999.9', '9.998'],
    ],
  );
  const from = await client.signed('GET', '/fapi/v1/userTrades', { symbol: 'BTCUSDT', fromId: Number(trades[1]!.id) });
  assert.equal((from.body as unknown as unknown[]).length, 1);
  const income = (await client.signed('GET', '/fapi/v1/income')).body as unknown as Record<string, unknown>[];
  assert.deepEqual(
    income.map((one) => one.incomeType),
    ['COMMISSION', 'REALIZED_PNL', 'COMMISSION', 'TRANSFER'],
  );
  const late = await client.signed('GET', '/fapi/v1/income', { startTime: Date.now() + 60_000 });
  assert.deepEqual(late.body, []);
});

test('request weight is counted and told; one call too many is refused, and going on brings a ban', async (t) => {
  const client = await venueFor(t);
  const first = await client.signed('GET', '/fapi/v1/openOrders');
  const weight = Number(first.headers.get('x-mbx-used-weight-1m'));
  assert.ok(weight >= 40);
  const order = await client.signed('POST', '/fapi/v1/order', BUY);
  assert.ok(Number(order.headers.get('x-mbx-order-count-10s')) >= 1);
  client.venue.faults.weightLimit = 1;
  const refused = await client.signed('GET', '/fapi/v3/balance');
  assert.deepEqual([refused.status, refused.body.code], [429, -1003]);
  assert.ok(Number(refused.headers.get('retry-after')) >= 1);
  let last = refused;
  for (let call = 0; call < 60 && last.status !== 418; call++) last = await client.signed('GET', '/fapi/v3/balance');
  assert.equal(last.status, 418);
});

test('an unknown path is answered as the venue does, and recorded without the signature', async (t) => {
  const client = await venueFor(t);
  const { status, body } = await client.signed('GET', '/fapi/v1/nothing', { symbol: 'BTCUSDT' });
  assert.deepEqual([status, body.code, body.msg], [404, -5000, 'Path /fapi/v1/nothing, Method GET is invalid']);
  const { at, ...recorded } = client.venue.requests().at(-1)!;
  assert.ok(at > 0);
  assert.deepEqual(recorded, {
    method: 'GET',
    path: '/fapi/v1/nothing',
    params: { symbol: 'BTCUSDT' },
    status: 404,
    code: -5000,
  });
});

test('public data: depth, candles of any interval, tickers and marks', async (t) => {
  const client = await venueFor(t);
  client.venue.market.move('BTCUSDT', 60500);
  const depth = (await client.open('GET', '/fapi/v1/depth', { symbol: 'BTCUSDT', limit: 5 })).body;
  assert.deepEqual((depth.bids as string[][])[0]?.[0], '60499.9');
  assert.equal((depth.asks as string[][]).length, 5);
  const klines = (await client.open('GET', '/fapi/v1/klines', { symbol: 'BTCUSDT', interval: '1h', limit: 3 }))
    .body as unknown as unknown[][];
  assert.equal(klines.length, 3);
  assert.equal(klines.at(-1)?.[4], '60500');
  assert.equal((await client.open('GET', '/fapi/v1/klines', { symbol: 'BTCUSDT', interval: '7x' })).body.code, -1120);
  assert.equal((await client.open('GET', '/fapi/v1/premiumIndex', { symbol: 'BTCUSDT' })).body.markPrice, '60500');
  assert.equal((await client.open('GET', '/fapi/v1/ticker/bookTicker', { symbol: 'NOSUCH' })).body.code, -1121);
  assert.equal(((await client.open('GET', '/fapi/v1/ticker/24hr')).body as unknown as unknown[]).length, 3);
});

test('countdownCancelAll cancels the main book when it is not renewed', async (t) => {
  const client = await venueFor(t);
  const limit = { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 0.01, price: 59000 };
  await client.signed('POST', '/fapi/v1/order', limit);
  await client.signed('POST', '/fapi/v1/countdownCancelAll', { symbol: 'BTCUSDT', countdownTime: 30 });
  const end = Date.now() + 5000;
  while (client.venue.account().openOrders.length > 0) {
    assert.ok(Date.now() < end);
    await new Promise((done) => setTimeout(done, 10));
  }
});
