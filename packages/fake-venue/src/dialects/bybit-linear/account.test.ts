import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUY, bybitFor, LIMIT, STOP } from '#testing/bybit-for-test.ts';

const SYMBOL = { symbol: 'BTCUSDT' };
const UNIFIED = { accountType: 'UNIFIED' };

test('wallet and position agree on a position that has moved', async (t) => {
  const client = await bybitFor(t, { takerFeePercent: 0 });
  await client.post('/v5/position/set-leverage', { ...SYMBOL, buyLeverage: '10', sellLeverage: '10' });
  await client.post('/v5/order/create', BUY);
  client.venue.market.mark('BTCUSDT', 61000.1);
  const [wallet] = (await client.get('/v5/account/wallet-balance', UNIFIED)).result.list;
  assert.deepEqual(
    [wallet?.totalWalletBalance, wallet?.totalPerpUPL, wallet?.totalEquity, wallet?.totalAvailableBalance],
    ['10000', '10', '10010', '9948.9999'],
  );
  assert.ok(Math.abs(Number(wallet?.accountMMRate) - 2.440004 / 10_010) < 1e-7);
  const [coin] = wallet!.coin as Record<string, string>[];
  assert.deepEqual(
    [coin?.coin, coin?.walletBalance, coin?.equity, coin?.totalPositionIM],
    ['USDT', '10000', '10010', '61.0001'],
  );
  const [position] = (await client.get('/v5/position/list', SYMBOL)).result.list;
  assert.deepEqual(
    [position?.side, position?.size, position?.avgPrice, position?.unrealisedPnl, position?.leverage],
    ['Buy', '0.01', '60000.1', '10', '10'],
  );
  assert.equal((await client.get('/v5/account/wallet-balance', { accountType: 'SPOT' })).code, 10001);
});

test('a symbol has its position even when flat, a coin only those that are held', async (t) => {
  const client = await bybitFor(t);
  const list = async (params: Record<string, string>) => (await client.get('/v5/position/list', params)).result.list;
  const [flat] = await list(SYMBOL);
  assert.deepEqual([flat?.side, flat?.size, flat?.positionIdx], ['', '0', 0]);
  assert.deepEqual(await list({ settleCoin: 'USDT' }), []);
  await client.post('/v5/order/create', BUY);
  assert.equal((await list({ settleCoin: 'USDT' })).length, 1);
  assert.deepEqual(await list({ settleCoin: 'USDC' }), []);
  assert.deepEqual(await list({ category: 'inverse' }), []);
  assert.equal((await client.get('/v5/position/list')).code, 10001);
});

test('leverage is taken up to the limit of the symbol, and not twice', async (t) => {
  const client = await bybitFor(t);
  const codeOf = async (buyLeverage: string, sellLeverage = buyLeverage) =>
    (await client.post('/v5/position/set-leverage', { ...SYMBOL, buyLeverage, sellLeverage })).code;
  assert.equal(await codeOf('20'), 110043);
  assert.equal(await codeOf('125'), 0);
  assert.equal(await codeOf('126'), 110013);
  assert.equal(await codeOf('0'), 110013);
  assert.equal(await codeOf('5', '6'), 10001);
});

test('modes are set once, and not while orders or positions stand in the way', async (t) => {
  const client = await bybitFor(t);
  const hedge = async (mode: number) => (await client.post('/v5/position/switch-mode', { ...SYMBOL, mode })).code;
  const margin = async (setMarginMode: string) =>
    (await client.post('/v5/account/set-margin-mode', { setMarginMode })).code;
  const info = async () => (await client.get('/v5/account/info')).result;
  assert.equal(await hedge(0), 110025);
  assert.deepEqual([(await info()).marginMode, (await info()).unifiedMarginStatus], ['REGULAR_MARGIN', 6]);
  await client.post('/v5/order/create', STOP);
  assert.deepEqual([await hedge(3), await margin('ISOLATED_MARGIN')], [110028, 110073]);
  client.venue.owner.cancelAll();
  await client.post('/v5/order/create', BUY);
  assert.deepEqual([await hedge(3), await margin('ISOLATED_MARGIN')], [110024, 110073]);
  client.venue.owner.closePosition('BTCUSDT');
  assert.deepEqual([await hedge(3), await margin('ISOLATED_MARGIN')], [0, 0]);
  assert.equal((await info()).marginMode, 'ISOLATED_MARGIN');
  const [wallet] = (await client.get('/v5/account/wallet-balance', UNIFIED)).result.list;
  assert.deepEqual([wallet?.totalAvailableBalance, wallet?.accountMMRate], ['', '']);
});

test('the key tells what it may do', async (t) => {
  const client = await bybitFor(t);
  const key = async () => (await client.get('/v5/user/query-api')).result;
  assert.deepEqual([(await key()).readOnly, (await key()).uta], [0, 1]);
  assert.deepEqual((await key()).permissions, {
    ContractTrade: ['Order', 'Position'],
    ...{ Spot: [], Wallet: [], Options: [], Derivatives: [], Exchange: [] },
  });
  client.venue.faults.refuse = 'read-only';
  assert.equal((await key()).readOnly, 1);
});

test('the log has everything that changed the wallet, newest first, in a range of a week', async (t) => {
  const client = await bybitFor(t);
  const log = async (params: Record<string, string | number> = {}) =>
    client.get('/v5/account/transaction-log', { ...UNIFIED, ...params });
  client.venue.owner.transfer(50);
  await client.post('/v5/order/create', BUY);
  client.venue.owner.funding('BTCUSDT', 0.01);
  client.venue.owner.transfer(-20);
  const { list } = (await log()).result;
  assert.deepEqual(list.map((entry) => entry.type).sort(), ['SETTLEMENT', 'TRADE', 'TRANSFER_IN', 'TRANSFER_OUT']);
  assert.equal(list[0]?.cashBalance, String(client.venue.account().wallet));
  const [came] = (await log({ type: 'TRANSFER_IN' })).result.list;
  assert.deepEqual([came?.change, came?.currency, came?.cashBalance], ['50', 'USDT', '10050']);
  const [went] = (await log({ type: 'TRANSFER_OUT' })).result.list;
  assert.equal(went?.change, '-20');
  const day = 24 * 60 * 60 * 1000;
  const ago = (days: number): number => Date.now() - days * day;
  assert.equal((await log({ startTime: ago(6) })).result.list.length, 4);
  assert.equal((await log({ startTime: ago(8) })).result.list.length, 0, 'a start alone means a week from it');
  assert.equal((await log({ startTime: ago(6), endTime: ago(0) })).result.list.length, 4);
  assert.equal((await log({ startTime: ago(8), endTime: ago(0) })).code, 10001);
});

test('calls of the account are counted a second and path, told in headers, and refused beyond', async (t) => {
  const client = await bybitFor(t);
  const first = await client.post('/v5/order/create', LIMIT);
  assert.deepEqual([first.headers.get('x-bapi-limit'), first.headers.get('x-bapi-limit-status')], ['10', '9']);
  // Some of them may fall into the next second, so more are sent than two seconds take.
  const more = await Promise.all(Array.from({ length: 25 }, () => client.post('/v5/order/create', LIMIT)));
  const refused = more.filter(({ code }) => code === 10006);
  assert.ok(refused.length > 0);
  assert.equal(client.venue.account().openOrders.length, 26 - refused.length);
  assert.equal(refused[0]?.headers.get('x-bapi-limit-status'), '0');
  assert.equal((await client.post('/v5/order/cancel-all', SYMBOL)).code, 0, 'other paths have their own count');
});

test('an address that asks too much is shut out', async (t) => {
  const client = await bybitFor(t);
  assert.equal(client.venue.faults.weightLimit, 600);
  client.venue.faults.weightLimit = 2;
  assert.equal((await client.open('/v5/market/time')).status, 200);
  assert.equal((await client.open('/v5/market/time')).status, 200);
  const out = await client.open('/v5/market/time');
  assert.deepEqual([out.status, out.text], [403, '403, access too frequent']);
  client.venue.faults.clear();
  assert.equal((await client.open('/v5/market/time')).status, 403, 'for ten minutes');
  client.venue.faults.clockOffsetMs = 10 * 60 * 1000 + 5000;
  assert.equal((await client.open('/v5/market/time')).status, 200);
});
