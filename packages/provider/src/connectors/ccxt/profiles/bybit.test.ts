import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { orderOf, stopOf } from '../testing/order-for-test.ts';
import { VenueTrouble } from '../venue-calls.ts';
import { bybitOrder } from './testing/bybit-messages.ts';
import { type OfflineVenue, offlineVenue } from './testing/offline-venue.ts';

const placed = { retCode: 0, result: { orderId: 'abc-1', orderLinkId: 'ins0' } };
const page = (list: readonly object[], nextPageCursor = '') => ({
  retCode: 0,
  result: { category: 'linear', list, nextPageCursor },
});
const oneWay = { symbol: 'BTCUSDT', positionIdx: 0, side: '', size: '0' };

let bybit: OfflineVenue;

beforeEach(async () => {
  bybit = await offlineVenue('bybit', 'futures', {
    symbol: 'BTCUSDT',
    answers: {
      '/v5/order/create': placed,
      '/v5/order/cancel': placed,
      '/v5/order/cancel-all': { retCode: 0, result: { list: [] } },
      '/v5/order/realtime': page([]),
      '/v5/order/history': page([]),
      '/v5/execution/list': page([]),
      '/v5/position/list': page([oneWay]),
      '/v5/account/info': { retCode: 0, result: { unifiedMarginStatus: 6, marginMode: 'REGULAR_MARGIN' } },
      '/v5/position/set-leverage': { retCode: 0, result: {} },
    },
  });
});

const create = (fields: object) => [
  { to: 'POST /v5/order/create', fields: { category: 'linear', symbol: 'BTCUSDT', ...fields } },
];

test('an entry is one request: nothing is asked before it', async () => {
  const entry = { side: 'Buy', orderType: 'Market', qty: '0.01', orderLinkId: 'ins0' };
  assert.deepEqual(await bybit.place(orderOf({ clientOrderId: 'ins0' })), create(entry));
  assert.deepEqual(
    await bybit.place(orderOf({ clientOrderId: 'ins0', type: 'LIMIT', price: 60_000 })),
    create({ ...entry, orderType: 'Limit', price: '60000' }),
  );
});

test('an exit only reduces', async () => {
  assert.deepEqual(
    await bybit.place(orderOf({ clientOrderId: 'ins0', side: 'SELL', reduceOnly: true })),
    create({ side: 'Sell', orderType: 'Market', qty: '0.01', orderLinkId: 'ins0', reduceOnly: true }),
  );
});

test('stops and targets say which price triggers them, and from which side', async () => {
  const conditional = { orderType: 'Market', qty: '0.01', orderLinkId: 'ins0', reduceOnly: true };
  const stop = { clientOrderId: 'ins0', stopPrice: 60_000 };
  const ofLong = { ...conditional, side: 'Sell', triggerPrice: '60000' };
  assert.deepEqual(
    await bybit.place(stopOf({ ...stop, triggerBy: 'mark' })),
    create({ ...ofLong, triggerDirection: 2, triggerBy: 'MarkPrice' }),
  );
  assert.deepEqual(
    await bybit.place(stopOf({ ...stop, triggerBy: 'trade' })),
    create({ ...ofLong, triggerDirection: 2, triggerBy: 'LastPrice' }),
  );
  assert.deepEqual(
    await bybit.place(stopOf({ ...stop, side: 'BUY' })),
    create({ ...ofLong, side: 'Buy', triggerDirection: 1, triggerBy: 'MarkPrice' }),
  );
  assert.deepEqual(
    await bybit.place(stopOf({ ...stop, type: 'TAKE_PROFIT_MARKET' })),
    create({ ...ofLong, triggerDirection: 1, triggerBy: 'MarkPrice' }),
  );
  assert.deepEqual(
    await bybit.place(stopOf({ ...stop, type: 'TAKE_PROFIT_MARKET', side: 'BUY', triggerBy: 'trade' })),
    create({ ...ofLong, side: 'Buy', triggerDirection: 2, triggerBy: 'LastPrice' }),
  );
});

const question = (fields: object = {}) => ({
  symbol: 'BTC/USDT:USDT',
  clientOrderId: 'ins0stop',
  externalId: '',
  isConditional: true,
  ...fields,
});
const asked = (list: string, name: object) => ({
  to: `GET /v5/order/${list}`,
  fields: { category: 'linear', symbol: 'BTCUSDT', ...name },
});

test('an order is asked for by its client id among open orders, then among ended ones', async () => {
  const named = { orderLinkId: 'ins0stop' };
  assert.equal(await bybit.calls.order(question()), undefined);
  assert.deepEqual(bybit.sent(), [asked('realtime', named), asked('history', named)]);

  bybit.answers['/v5/order/history'] = page([bybitOrder({ orderStatus: 'Cancelled' })]);
  const ended = await bybit.calls.order(question());
  assert.equal(bybit.wordsOf(ended!).status, 'CANCELED');

  bybit.answers['/v5/order/realtime'] = page([bybitOrder()]);
  const open = await bybit.calls.order(question());
  assert.deepEqual(bybit.wordsOf(open!), {
    externalId: 'abc-1',
    clientOrderId: 'ins0stop',
    symbol: { name: 'BTCUSDT' },
    side: 'SELL',
    type: 'STOP_MARKET',
    quantity: 0.01,
    quantityExecuted: 0,
    priceExecuted: 0,
    status: 'NEW',
    time: 1_700_000_000_001,
    updateTime: 1_700_000_000_002,
    stopPrice: 60_000,
    triggerBy: 'mark',
    reduceOnly: true,
  });
});

test('an order without a client id is asked for and cancelled by the id of the venue', async () => {
  const named = { orderId: 'abc-1' };
  await bybit.calls.order(question({ clientOrderId: '', externalId: 'abc-1' }));
  await bybit.calls.cancel(question({ clientOrderId: 'abc-1', externalId: 'abc-1' }));
  assert.deepEqual(bybit.sent(), [
    asked('realtime', named),
    asked('history', named),
    { to: 'POST /v5/order/cancel', fields: { category: 'linear', symbol: 'BTCUSDT', ...named } },
  ]);
});

test('a cancel names the client id; all of a symbol are cancelled by one call', async () => {
  await bybit.calls.cancel(question());
  await bybit.calls.cancelAll('BTC/USDT:USDT');
  assert.deepEqual(bybit.sent(), [
    { to: 'POST /v5/order/cancel', fields: { category: 'linear', symbol: 'BTCUSDT', orderLinkId: 'ins0stop' } },
    { to: 'POST /v5/order/cancel-all', fields: { category: 'linear', symbol: 'BTCUSDT' } },
  ]);
});

test('open orders are read to the last page, and once each', async () => {
  const many = Array.from({ length: 50 }, (_, index) => bybitOrder({ orderId: `id-${index}` }));
  bybit.answers['/v5/order/realtime'] = ({ cursor, orderFilter }: Record<string, string>) => {
    if (orderFilter === 'StopOrder') return page([bybitOrder({ orderId: 'id-0' })]);
    return cursor === undefined ? page(many, 'next') : page([bybitOrder({ orderId: 'id-50' })]);
  };
  const orders = await bybit.calls.openOrders('account');
  assert.equal(orders.length, 51);
  const all = { category: 'linear', settleCoin: 'USDT', limit: '50' };
  const fields = bybit.sent().map((each) => each.fields);
  assert.equal(fields.length, 3);
  for (const more of [{}, { orderFilter: 'StopOrder' }, { cursor: 'next' }])
    assert.ok(fields.some((each) => JSON.stringify(Object.entries(each).sort()) === sorted({ ...all, ...more })));

  await bybit.calls.openOrders('account', 'BTC/USDT:USDT');
  assert.equal(bybit.sent()[0]?.fields.symbol, 'BTCUSDT');
});

const sorted = (fields: object): string => JSON.stringify(Object.entries(fields).sort());

test('a list without an end is refused: half of it would look like all', async () => {
  bybit.answers['/v5/order/realtime'] = page([bybitOrder()], 'again');
  await assert.rejects(bybit.calls.openOrders('account'), { code: 'UNAVAILABLE' });
});

test('trades of one order', async () => {
  await bybit.calls.trades('BTC/USDT:USDT', 5, 'abc-1');
  const fields = { category: 'linear', symbol: 'BTCUSDT', execType: 'Trade', startTime: '5', orderId: 'abc-1' };
  assert.deepEqual(bybit.sent(), [{ to: 'GET /v5/execution/list', fields }]);
});

const balance = (fields: object = {}) => ({
  retCode: 0,
  result: {
    list: [
      {
        accountType: 'UNIFIED',
        accountMMRate: '0.03',
        totalAvailableBalance: '850.5',
        coin: [
          { coin: 'USDT', equity: '990', walletBalance: '1000', totalPositionIM: '100', totalOrderIM: '50' },
          { coin: 'BTC', equity: '1', walletBalance: '1', totalPositionIM: '0', totalOrderIM: '0' },
        ],
        ...fields,
      },
    ],
  },
});

test('the wallet is without the unrealised result; in isolated margin what is free is counted by coin', async () => {
  bybit.answers['/v5/account/wallet-balance'] = balance();
  const read = { wallets: new Map([['USDT', 1000]]), availableBalance: 850.5, marginRatio: 0.03 };
  assert.deepEqual(await bybit.calls.balances('account'), read);
  bybit.answers['/v5/account/wallet-balance'] = balance({ totalAvailableBalance: '', accountMMRate: '' });
  assert.deepEqual(await bybit.calls.balances('account'), { ...read, availableBalance: 850, marginRatio: 0 });
});

test('positions are read whole; one in hedge mode is refused', async () => {
  const long = { symbol: 'BTCUSDT', positionIdx: 0, side: 'Buy', size: '0.5', avgPrice: '61000', leverage: '5' };
  bybit.answers['/v5/position/list'] = page([long]);
  const [shown] = await bybit.calls.positions('account');
  assert.deepEqual([shown?.symbol, shown?.side, shown?.contracts], ['BTC/USDT:USDT', 'long', 0.5]);
  assert.deepEqual(bybit.sent()[0]?.fields, { category: 'linear', settleCoin: 'USDT', limit: '200' });
  bybit.answers['/v5/position/list'] = page([{ ...long, positionIdx: 1 }]);
  await assert.rejects(bybit.calls.positions('account'), { code: 'ACCOUNT_MODE', message: /switch-mode/ });
});

test('accounts that cannot be governed are refused, with the way to change them', async () => {
  const mode = () => bybit.profile.accountMode!(bybit.venue);
  const account = (unifiedMarginStatus: number, marginMode: string) => ({
    retCode: 0,
    result: { unifiedMarginStatus, marginMode },
  });
  assert.deepEqual(await mode(), { isHedged: false, marginMode: 'cross' });
  bybit.answers['/v5/account/info'] = account(3, 'ISOLATED_MARGIN');
  assert.deepEqual(await mode(), { isHedged: false, marginMode: 'isolated' });
  bybit.answers['/v5/account/info'] = account(1, 'REGULAR_MARGIN');
  await assert.rejects(mode(), { code: 'ACCOUNT_MODE', message: /classic.*upgrade/ });
  bybit.answers['/v5/account/info'] = account(6, 'PORTFOLIO_MARGIN');
  await assert.rejects(mode(), { code: 'ACCOUNT_MODE', message: /portfolio margin.*set-margin-mode/ });
  bybit.answers['/v5/account/info'] = account(6, 'REGULAR_MARGIN');
  bybit.answers['/v5/position/list'] = page([
    { ...oneWay, positionIdx: 1 },
    { ...oneWay, positionIdx: 2 },
  ]);
  await assert.rejects(mode(), { code: 'ACCOUNT_MODE', message: /hedge mode.*switch-mode/ });
});

test('leverage is set for both sides, and is no trouble when it is so already', async () => {
  await bybit.venue.setLeverage(5, 'BTC/USDT:USDT');
  const fields = { category: 'linear', symbol: 'BTCUSDT', buyLeverage: '5', sellLeverage: '5' };
  assert.deepEqual(bybit.sent(), [{ to: 'POST /v5/position/set-leverage', fields }]);
  bybit.answers['/v5/position/set-leverage'] = { retCode: 110043, retMsg: 'leverage not modified' };
  await assert.rejects(
    bybit.calls.setting(() => bybit.venue.setLeverage(5, 'BTC/USDT:USDT')),
    (error) => error instanceof VenueTrouble && error.trouble.meaning === 'no-change',
  );
});

test('transfers are read from the log, with the sign of their direction', async () => {
  bybit.answers['/v5/account/transaction-log'] = ({ type }: Record<string, string>) =>
    page([{ id: type, currency: 'USDT', change: '25', transactionTime: type === 'TRANSFER_IN' ? '9' : '8' }]);
  assert.deepEqual(await bybit.profile.fetchTransfers!(bybit.venue, 7), [
    { id: 'TRANSFER_OUT', asset: 'USDT', amount: -25, time: 8 },
    { id: 'TRANSFER_IN', asset: 'USDT', amount: 25, time: 9 },
  ]);
});

test('only what is settled in USDT is a market', () => {
  const names = Object.values(bybit.venue.markets ?? {}).map((market) => [market?.id, bybit.profile.isMarket!(market)]);
  assert.deepEqual(names, [
    ['BTCUSDT', true],
    ['BTCPERP', false],
  ]);
});
