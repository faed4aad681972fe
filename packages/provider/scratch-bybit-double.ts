// @ts-nocheck
import { startFakeVenue } from '../fake-venue/src/index.ts';
const { default: Bybit } = await import(new URL('./src/pro/bybit.js', import.meta.resolve('ccxt')).href);
const rebase = (tree, base) => typeof tree === 'string'
  ? tree.replace(/^(https|wss):\/\/[^/]+/, (_, s) => (s === 'wss' ? base.replace(/^http/, 'ws') : base))
  : Object.fromEntries(Object.entries(tree).map(([k, v]) => [k, rebase(v, base)]));
const v = await startFakeVenue({ dialect: 'bybit-linear' });
const open = async (options = {}, more = {}) => {
  const e = new Bybit({ apiKey: 'fake-key', secret: 'fake-secret', timeout: 5000, enableRateLimit: false, newUpdates: true, has: { fetchCurrencies: false },
    options: { defaultType: 'swap', defaultSubType: 'linear', fetchMarkets: { types: ['linear'] }, ...options }, ...more });
  e.urls.api = rebase(e.urls.api, v.url);
  await e.loadHttpProxyAgent();
  return e;
};
const e = await open();
const S = 'BTC/USDT:USDT';
const show = (o) => JSON.stringify(o, (k, x) => (k === 'info' ? undefined : x))?.slice(0, 420);
const step = async (name, f) => { try { console.log('OK  ', name, show(await f())); } catch (x) { console.log('FAIL', name, x.constructor.name, String(x.message).slice(0, 250)); } };
const pick = (o) => o && ({ id: o.id, c: o.clientOrderId, s: o.status, t: o.type, side: o.side, a: o.amount, f: o.filled, avg: o.average, tp: o.triggerPrice, sl: o.stopLossPrice, tk: o.takeProfitPrice, r: o.reduceOnly, fee: o.fee });
await step('loadMarkets', async () => Object.keys(await e.loadMarkets()));
console.log(show({ p: e.markets[S].precision, l: e.markets[S].limits, cs: e.markets[S].contractSize }));
await step('fetchTime', () => e.fetchTime());
await step('fetchBalance', async () => { const b = await e.fetchBalance(); return { u: b.USDT, t: b.total }; });
await step('fetchPositions', () => e.fetchPositions());
await step('fetchTicker', () => e.fetchTicker(S));
await step('fetchOrderBook', async () => { const b = await e.fetchOrderBook(S, 5); return b; });
await step('fetchOHLCV', async () => (await e.fetchOHLCV(S, '1m', undefined, 2)));
await step('fetchTrades', async () => (await e.fetchTrades(S)).length);
await step('fetchMarketLeverageTiers', async () => (await e.fetchMarketLeverageTiers(S)).length);
// watches
const got = {};
const watch = (name, f, map) => { (async () => { for (;;) { try { const r = await f(); (got[name] ??= []).push(map(r)); } catch (x) { (got[name] ??= []).push('ERR ' + x.constructor.name + ' ' + x.message); if ((got[name].length) > 60 || x.constructor.name === 'ExchangeClosedByUser') return; await new Promise((r) => setTimeout(r, 100)); } } })(); };
watch('trades', () => e.watchTrades(S), (t) => t.map((x) => `${x.side} ${x.amount}@${x.price}`));
watch('book', () => e.watchOrderBook(S), (b) => `${b.bids[0]} | ${b.asks[0]} | ${b.bids.length}`);
watch('ticker', () => e.watchTicker(S), (t) => `${t.last} mark ${t.markPrice} bid ${t.bid}`);
watch('orders', () => e.watchOrders(), (o) => o.map((x) => `${x.clientOrderId} ${x.info.orderStatus} ${x.status} ${x.filled}`));
watch('positions', () => e.watchPositions(), (o) => o.map((x) => `${x.symbol} ${x.side} ${x.contracts} ${x.entryPrice}`));
watch('myTrades', () => e.watchMyTrades(), (o) => o.map((x) => `${x.order.slice(-4)} ${x.side} ${x.amount}@${x.price} fee ${x.fee?.cost}`));
watch('balance', () => e.watchBalance(), (b) => JSON.stringify(b.USDT));
watch('kline', () => e.watchOHLCV(S, '1m'), (k) => k.length);
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
await sleep(800);
console.log('sockets', v.socketCount(), Object.keys(e.clients));
v.market.move('BTCUSDT', 60010);
await step('setLeverage same', () => e.setLeverage(20, S));
await step('setLeverage 5', () => e.setLeverage(5, S));
await step('setMarginMode', () => e.setMarginMode('isolated'));
await step('setMarginMode back', () => e.setMarginMode('cross'));
await step('setPositionMode', () => e.setPositionMode(false, S));
await step('market buy', async () => pick(await e.createOrder(S, 'market', 'buy', 0.02, undefined, { clientOrderId: 'm1' })));
await step('limit', async () => pick(await e.createOrder(S, 'limit', 'buy', 0.01, 59000, { clientOrderId: 'l1' })));
await step('stop', async () => pick(await e.createOrder(S, 'market', 'sell', 0.02, undefined, { stopLossPrice: 59500, triggerBy: 'MarkPrice', reduceOnly: true, clientOrderId: 's1' })));
await step('target', async () => pick(await e.createOrder(S, 'market', 'sell', 0.02, undefined, { takeProfitPrice: 62000, triggerBy: 'MarkPrice', reduceOnly: true, clientOrderId: 't1' })));
await step('dup', async () => pick(await e.createOrder(S, 'market', 'sell', 0.02, undefined, { takeProfitPrice: 62000, triggerBy: 'MarkPrice', reduceOnly: true, clientOrderId: 't1' })));
await step('would trigger', async () => pick(await e.createOrder(S, 'market', 'sell', 0.02, undefined, { stopLossPrice: 61000, triggerBy: 'MarkPrice', reduceOnly: true })));
await step('too much', async () => pick(await e.createOrder(S, 'limit', 'buy', 10, 59000)));
await step('too small', async () => pick(await e.createOrder(S, 'limit', 'buy', 0.001, 59000)));
await step('reduce wrong', async () => pick(await e.createOrder(S, 'market', 'buy', 0.01, undefined, { reduceOnly: true })));
await step('postOnly', async () => pick(await e.createOrder(S, 'limit', 'buy', 0.01, 61000, { postOnly: true, clientOrderId: 'po' })));
await step('open', async () => (await e.fetchOpenOrders(S)).map(pick));
await step('open all', async () => (await e.fetchOpenOrders()).length);
await step('open stop filter', async () => (await e.fetchOpenOrders(S, undefined, undefined, { trigger: true })).length);
await step('open paginate', async () => (await e.fetchOpenOrders(S, undefined, 50, { paginate: true })).length);
await step('by client id', async () => (await e.fetchOpenOrders(S, undefined, undefined, { orderLinkId: 'm1' })).map(pick));
await step('history by client id', async () => (await e.fetchCanceledAndClosedOrders(S, undefined, undefined, { orderLinkId: 'm1' })).map(pick));
await step('canceled', async () => (await e.fetchCanceledAndClosedOrders(S)).map((o) => [o.clientOrderId, o.info.orderStatus, o.status]));
await step('fetchMyTrades', async () => (await e.fetchMyTrades(S)).map((t) => [t.order, t.price, t.fee.cost, t.takerOrMaker]));
await step('fetchMyTrades all', async () => (await e.fetchMyTrades()).length);
await step('positions', async () => (await e.fetchPositions()).map((p) => show(p)));
await step('balance', async () => { const b = await e.fetchBalance(); return [b.USDT, b.info.result.list[0].totalAvailableBalance, b.info.result.list[0].accountMMRate]; });
await step('cancel l1', async () => pick(await e.cancelOrder(undefined, S, { orderLinkId: 'l1' })));
await step('cancel l1 again', async () => pick(await e.cancelOrder(undefined, S, { orderLinkId: 'l1' })));
await step("cancel ''", async () => pick(await e.cancelOrder('', S, { orderLinkId: 'l1' })));
await step('cancel t1', async () => pick(await e.cancelOrder(undefined, S, { orderLinkId: 't1' })));
v.market.move('BTCUSDT', 59490);
await sleep(200);
await step('after stop', async () => [(await e.fetchOpenOrders(S, undefined, undefined, { orderLinkId: 's1' })).map(pick), (await e.fetchPositions()).length]);
await step('fetchMyTrades of order', async () => (await e.fetchMyTrades(S, undefined, undefined, { orderLinkId: 's1' })).length);
await step('cancelAll', async () => { await e.createOrder(S, 'limit', 'buy', 0.01, 58000); await e.createOrder(S, 'market', 'sell', 0.02, undefined, { stopLossPrice: 58500, triggerBy: 'MarkPrice' }); return (await e.cancelAllOrders(S)).length; });
await sleep(1500);
console.log(JSON.stringify(got, null, 1).slice(0, 7000));
const client = Object.values(e.clients).map((c) => [c.url, c.lastPong]);
console.log(client);
for (const c of Object.values(e.clients)) { await c.send(e.ping(c)); }
await sleep(100); console.log(Object.values(e.clients).map((c) => [c.url, c.lastPong]));
// faults
const errs = async (name, set, f) => { set(v.faults); await step('FAULT ' + name, f); v.faults.clear(); };
await errs('rate', (f) => { f.rateLimit = true; }, () => e.fetchOpenOrders(S));
await errs('ban', (f) => { f.rateLimit = { status: 418 }; }, () => e.fetchOpenOrders(S));
for (const r of ['bad-key', 'no-permission', 'read-only', 'ip', 'restricted', 'maintenance']) {
  await errs(r + ' read', (f) => { f.refuse = r; }, () => e.fetchBalance());
  await errs(r + ' trade', (f) => { f.refuse = r; }, () => e.createOrder(S, 'limit', 'buy', 0.01, 58000));
}
await errs('clock', (f) => { f.clockOffsetMs = 8000; }, () => e.fetchBalance());
await errs('502', (f) => { f.serverErrors = true; }, () => e.fetchBalance());
await errs('500 json', (f) => { f.serverErrors = { body: 'json', status: 500 }; }, () => e.fetchBalance());
await errs('504 json', (f) => { f.serverErrors = { body: 'json', status: 504 }; }, () => e.fetchBalance());
await errs('timeout', (f) => { f.timeoutAfterAccept = { cut: true }; }, () => e.createOrder(S, 'limit', 'buy', 0.01, 58000, { clientOrderId: 'lost' }));
console.log('placings lost', v.placings().get('lost'));
await errs('rejectStop unknown', (f) => { f.rejectStop = 'unknown'; }, () => e.createOrder(S, 'market', 'sell', 0.02, undefined, { stopLossPrice: 58500 }));
v.faults.listenKeyExpired = true; await sleep(300); console.log('after session end', v.socketCount(), got.orders.at(-1));
await e.close(); 
const bad = await open({}, { secret: 'wrong' });
await bad.loadMarkets();
await step('bad sign', () => bad.fetchBalance());
await step('bad auth', () => { bad.options.enableUnifiedMargin = false; bad.options.enableUnifiedAccount = true; return bad.watchOrders(); });
await bad.close();
await v.stop();
process.exit(0);
