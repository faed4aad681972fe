import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { orderOf, stopOf } from '../testing/order-for-test.ts';
import { heldAtCost } from './money.ts';
import { type OfflineVenue, offlineVenue } from './testing/offline-venue.ts';
import { accountPosition, spotFill } from './testing/spot-messages.ts';

const account = (balances: Record<string, [string, string]>) => ({
  updateTime: 1_700_000_000_000,
  canTrade: true,
  balances: Object.entries(balances).map(([asset, [free, locked]]) => ({ asset, free, locked })),
});
const restOrder = (fields: object = {}) => ({
  symbol: 'BTCUSDT',
  orderId: 42,
  clientOrderId: 'ins0',
  price: '0.00',
  origQty: '0.01',
  executedQty: '0',
  cummulativeQuoteQty: '0',
  status: 'NEW',
  timeInForce: 'GTC',
  type: 'MARKET',
  side: 'BUY',
  stopPrice: '0.00',
  time: 1_700_000_000_001,
  updateTime: 1_700_000_000_002,
  ...fields,
});
const prices = [
  { symbol: 'BTCUSDT', price: '60000' },
  { symbol: 'BTCFDUSD', price: '60010' },
  { symbol: 'ETHUSDT', price: '2000' },
  { symbol: 'BNBUSDT', price: '500' },
];

let spot: OfflineVenue;

beforeEach(async () => {
  spot = await offlineVenue('binance', 'spot', {
    symbol: 'BTCUSDT',
    answers: {
      '/api/v3/order': restOrder(),
      '/api/v3/openOrders': [],
      '/api/v3/account': account({ USDT: ['900', '100'] }),
      '/api/v3/ticker/price': prices,
      '/api/v3/myTrades': [],
    },
  });
  await spot.profile.accountMode!(spot.venue);
});

const create = (fields: object) => [
  {
    to: 'POST /api/v3/order',
    fields: { symbol: 'BTCUSDT', newClientOrderId: 'ins0', newOrderRespType: 'FULL', quantity: '0.01', ...fields },
  },
];
const entry = orderOf({ clientOrderId: 'ins0' });
const exit = orderOf({ clientOrderId: 'ins0', side: 'SELL', reduceOnly: true });
const stop = stopOf({ clientOrderId: 'ins0', stopPrice: 55_000 });

test('nothing of what restricts an order is sent; a market order is of a quantity, not of a worth', async () => {
  assert.deepEqual(await spot.place(entry), create({ side: 'BUY', type: 'MARKET' }));
  assert.deepEqual(await spot.place(exit), create({ side: 'SELL', type: 'MARKET' }));
  const limit = { ...entry, type: 'LIMIT', price: 59_000 };
  const sent = create({ side: 'BUY', type: 'LIMIT', price: '59000', timeInForce: 'GTC' });
  assert.deepEqual(await spot.place(limit), sent);
});

test('a stop is a STOP_LOSS, a target a TAKE_PROFIT, both by trades', async () => {
  assert.deepEqual(await spot.place(stop), create({ side: 'SELL', type: 'STOP_LOSS', stopPrice: '55000' }));
  const target = { ...stop, type: 'TAKE_PROFIT_MARKET', stopPrice: 65_000 };
  assert.deepEqual(await spot.place(target), create({ side: 'SELL', type: 'TAKE_PROFIT', stopPrice: '65000' }));
});

test('where the market takes no market stops, the stop has a limit far through it', async () => {
  const eth = await offlineVenue('binance', 'spot', { symbol: 'ETHUSDT', answers: { '/api/v3/order': restOrder() } });
  await eth.profile.accountMode!(eth.venue);
  const [sent] = await eth.place({ ...stop, symbol: { name: 'ETHUSDT' }, stopPrice: 2000 });
  const { type, stopPrice, price, quantity } = sent!.fields;
  assert.deepEqual([type, stopPrice, price, quantity], ['STOP_LOSS_LIMIT', '2000', '1900', '0.01']);
});

test('an exit sells what is there at most', async () => {
  await spot.calls.account('account');
  const fill = { n: '0.00001', N: 'BTC' };
  spot.profile.userWords!(spotFill(['0.01', '60000'], ['0.01', '600'], fill), spot.venue);
  assert.equal((await spot.place(exit))[0]?.fields.quantity, '0.00999');
  assert.equal((await spot.place(stop))[0]?.fields.quantity, '0.00999');
  assert.equal((await spot.place({ ...exit, quantity: 0.005 }))[0]?.fields.quantity, '0.005');
  assert.equal((await spot.place(entry))[0]?.fields.quantity, '0.01');
});

const question = { symbol: 'BTC/USDT', clientOrderId: 'ins0', externalId: '', isConditional: true };

test('an order is asked for and cancelled by its client id, stops in the same book', async () => {
  const canceled = restOrder({ clientOrderId: 'the-cancel', status: 'CANCELED', type: 'STOP_LOSS', side: 'SELL' });
  spot.answers['/api/v3/order'] = { ...canceled, stopPrice: '55000' };
  const words = spot.wordsOf((await spot.calls.order(question))!);
  assert.deepEqual(words, {
    externalId: '42',
    clientOrderId: 'ins0',
    symbol: { name: 'BTCUSDT' },
    side: 'SELL',
    type: 'STOP_MARKET',
    quantity: 0.01,
    quantityExecuted: 0,
    priceExecuted: 0,
    status: 'CANCELED',
    time: 1_700_000_000_001,
    updateTime: 1_700_000_000_002,
    stopPrice: 55_000,
    triggerBy: 'trade',
    reduceOnly: true,
  });
  await spot.calls.cancel(question);
  await spot.calls.cancelAll('BTC/USDT');
  await spot.calls.order({ ...question, clientOrderId: '', externalId: '42' });
  assert.deepEqual(spot.sent(), [
    { to: 'GET /api/v3/order', fields: { symbol: 'BTCUSDT', origClientOrderId: 'ins0' } },
    { to: 'DELETE /api/v3/order', fields: { symbol: 'BTCUSDT', origClientOrderId: 'ins0' } },
    { to: 'DELETE /api/v3/openOrders', fields: { symbol: 'BTCUSDT' } },
    { to: 'GET /api/v3/order', fields: { symbol: 'BTCUSDT', orderId: '42' } },
  ]);
});

test('open orders and trades of one order', async () => {
  spot.answers['/api/v3/openOrders'] = [
    restOrder({
      type: 'LIMIT',
      price: '59000',
      executedQty: '0.004',
      status: 'PARTIALLY_FILLED',
      cummulativeQuoteQty: '236',
    }),
  ];
  const [open] = await spot.calls.openOrders('account');
  const words = spot.wordsOf(open!);
  assert.deepEqual([words.status, words.quantityExecuted, words.priceExecuted], ['PARTIALLY_FILLED', 0.004, 59_000]);
  await spot.calls.openOrders('account', 'BTC/USDT');
  await spot.calls.trades('BTC/USDT', 5, '42');
  const sent = spot.sent().map(({ to, fields }) => [to, fields.symbol, fields.orderId]);
  assert.deepEqual(sent, [
    ['GET /api/v3/openOrders', undefined, undefined],
    ['GET /api/v3/openOrders', 'BTCUSDT', undefined],
    ['GET /api/v3/myTrades', 'BTCUSDT', '42'],
  ]);
});

const myTrade = (isBuyer: boolean, qty: string, price: string, fields: object = {}) => ({
  symbol: 'BTCUSDT',
  id: 1,
  orderId: 9,
  price,
  qty,
  quoteQty: '1',
  commission: '0',
  commissionAsset: 'USDT',
  time: 1_600_000_000_000,
  isBuyer,
  isMaker: false,
  ...fields,
});

test('what is held is a position at the mean of the own trades, else at the present price', async () => {
  spot.answers['/api/v3/account'] = account({
    USDT: ['900', '100'],
    BTC: ['0.01', '0.02'],
    BNB: ['2', '0'],
    ETH: ['0.0001', '0'],
    ODD: ['5', '0'],
  });
  spot.answers['/api/v3/myTrades'] = ({ symbol }: Record<string, string>) =>
    symbol === 'BTCUSDT'
      ? [
          myTrade(true, '0.02', '50000', { commission: '0.00002', commissionAsset: 'BTC', time: 1 }),
          myTrade(false, '0.01998', '55000', { time: 2 }),
          myTrade(true, '0.01', '56000', { time: 3 }),
          myTrade(true, '0.02', '59000', { time: 4 }),
        ]
      : [];
  const { balances, positions } = await spot.calls.account('account');
  const row = { side: 'LONG' } as const;
  assert.deepEqual(positions, [
    { ...row, symbol: 'BTCUSDT', quantity: 0.03, entryPrice: 58_000 },
    { ...row, symbol: 'BNBUSDT', quantity: 2, entryPrice: 500 },
  ]);
  assert.deepEqual(
    [...balances.wallets],
    [
      ['USDT', 1000],
      [heldAtCost, 0.03 * 58_000 + 2 * 500],
    ],
  );
  assert.deepEqual([balances.availableBalance, balances.marginRatio], [900, 0]);

  const asked = spot.sent().map(({ to, fields }) => `${to} ${fields.symbol ?? fields.omitZeroBalances ?? ''}`);
  assert.deepEqual(asked.sort(), [
    'GET /api/v3/account true',
    'GET /api/v3/myTrades BNBUSDT',
    'GET /api/v3/myTrades BTCFDUSD',
    'GET /api/v3/myTrades BTCUSDT',
    'GET /api/v3/ticker/price ',
  ]);
  await spot.calls.account('account');
  assert.deepEqual(
    spot.sent().map(({ to }) => to),
    ['GET /api/v3/account'],
    'asked for once',
  );
});

test('a reading during which the stream told a change is made anew', async () => {
  await spot.calls.account('account');
  let count = 0;
  spot.answers['/api/v3/account'] = () => {
    count += 1;
    if (count === 1) {
      spot.profile.userWords!(spotFill(['0.01', '60000'], ['0.01', '600']), spot.venue);
      spot.profile.userWords!(accountPosition({ BTC: ['0.01', '0'], USDT: ['300', '100'] }), spot.venue);
      return account({ USDT: ['900', '100'] });
    }
    return account({ USDT: ['300', '100'], BTC: ['0.01', '0'] });
  };
  const { positions } = await spot.calls.account('account');
  assert.deepEqual(positions, [{ symbol: 'BTCUSDT', side: 'LONG', quantity: 0.01, entryPrice: 60_000 }]);
  assert.equal(count, 2);
});

test('codes are told apart at any address', async () => {
  const { venue, profile } = spot;
  venue.getExceptionsByUrl = () => ({});
  profile.onOtherAddress!(venue);
  assert.ok('-2026' in venue.getExceptionsByUrl('http://127.0.0.1/api/v3/order', 'exact'));
});
