import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { orderOf, stopOf } from '../testing/order-for-test.ts';
import { type OfflineVenue, offlineVenue } from './testing/offline-venue.ts';
import { okxAlgo, okxChange, okxChild, okxOrder } from './testing/okx-messages.ts';

const answer = (...data: object[]) => ({ code: '0', msg: '', data });
const symbol = { name: 'BTC-USDT-SWAP' };
const unified = 'BTC/USDT:USDT';

let okx: OfflineVenue;

beforeEach(async () => {
  okx = await offlineVenue('okx', 'futures', {
    symbol: symbol.name,
    answers: {
      '/api/v5/trade/order': answer({ ordId: '500', clOrdId: 'ins0', sCode: '0', sMsg: '', tag: '' }),
      '/api/v5/trade/order-algo': answer({ algoId: '900', algoClOrdId: 'ins0', clOrdId: '', sCode: '0', sMsg: '' }),
      '/api/v5/trade/cancel-order': answer({ ordId: '500', clOrdId: 'ins0', sCode: '0' }),
      '/api/v5/trade/cancel-algos': answer({ algoId: '900', sCode: '0' }),
      '/api/v5/trade/orders-pending': answer(),
      '/api/v5/trade/orders-algo-pending': answer(),
      '/api/v5/account/positions': answer(),
      '/api/v5/account/set-leverage': answer(),
    },
  });
});

const entry = orderOf({ clientOrderId: 'ins0', symbol });
const exit = orderOf({ clientOrderId: 'ins0', symbol, side: 'SELL', reduceOnly: true });
const stop = stopOf({ clientOrderId: 'ins0', symbol, stopPrice: 60_000 });
const regular = (fields: object) => [
  {
    to: 'POST /api/v5/trade/order',
    fields: { instId: symbol.name, sz: '1', clOrdId: 'ins0', tdMode: 'cross', ...fields },
  },
];
const algo = (fields: object) => [
  {
    to: 'POST /api/v5/trade/order-algo',
    fields: {
      instId: symbol.name,
      sz: '1',
      tdMode: 'cross',
      ordType: 'conditional',
      clOrdId: 'ins0',
      algoClOrdId: 'ins0',
      ...fields,
    },
  },
];

test('an entry and an exit: contracts, a margin mode, and one order in a request', async () => {
  assert.deepEqual(await okx.place(entry), regular({ side: 'buy', ordType: 'market' }));
  assert.deepEqual(await okx.place(exit), regular({ side: 'sell', ordType: 'market', reduceOnly: true }));
  assert.deepEqual(
    await okx.place({ ...entry, type: 'LIMIT', price: 60_000 }),
    regular({ side: 'buy', ordType: 'limit', px: '60000' }),
  );
});

test('stops and targets are algo orders with the client id in both fields', async () => {
  const ofStop = { side: 'sell', reduceOnly: true, slTriggerPx: '60000', slOrdPx: '-1' };
  assert.deepEqual(await okx.place(stop), algo({ ...ofStop, slTriggerPxType: 'mark' }));
  assert.deepEqual(await okx.place({ ...stop, triggerBy: 'trade' }), algo({ ...ofStop, slTriggerPxType: 'last' }));
  const ofTarget = { side: 'sell', reduceOnly: true, tpTriggerPx: '60000', tpOrdPx: '-1' };
  const target = { ...stop, type: 'TAKE_PROFIT_MARKET' };
  assert.deepEqual(await okx.place(target), algo({ ...ofTarget, tpTriggerPxType: 'mark' }));
  assert.deepEqual(await okx.place({ ...target, triggerBy: 'trade' }), algo({ ...ofTarget, tpTriggerPxType: 'last' }));
});

test('in long/short mode the side of the position stands for the restriction', async () => {
  const hedged = { isHedged: true };
  const market = { ordType: 'market' };
  assert.deepEqual(await okx.place(entry, hedged), regular({ ...market, side: 'buy', posSide: 'long' }));
  assert.deepEqual(await okx.place(exit, hedged), regular({ ...market, side: 'sell', posSide: 'long' }));
  const short = { ...entry, side: 'SELL' } as const;
  assert.deepEqual(await okx.place(short, hedged), regular({ ...market, side: 'sell', posSide: 'short' }));
  const [sent] = await okx.place({ ...stop, side: 'BUY' }, hedged);
  assert.deepEqual([sent?.fields.posSide, sent?.fields.reduceOnly], ['short', undefined]);
});

test('orders go in the margin mode that the position is in, by stream or by REST', async () => {
  const isolated = { position: { mgnMode: 'isolated' } };
  okx.profile.userWords!(okxChange('filled', { pos: '1', ...isolated }), okx.venue);
  assert.equal((await okx.place(exit))[0]?.fields.tdMode, 'isolated');
  assert.deepEqual(okx.profile.leverageParameters!(5, symbol.name), { marginMode: 'isolated', posSide: 'net' });
  okx.profile.userWords!(okxChange('filled', { pos: '0', ...isolated }), okx.venue);
  assert.equal((await okx.place(entry))[0]?.fields.tdMode, 'cross');
  assert.deepEqual(okx.profile.leverageParameters!(5, symbol.name, 'isolated'), { marginMode: 'isolated' });
  assert.equal((await okx.place(entry))[0]?.fields.tdMode, 'isolated', 'as the entry wants it');
  okx.profile.userWords!(okxChange('filled', { pos: '1' }), okx.venue);
  assert.equal((await okx.place(exit))[0]?.fields.tdMode, 'cross', 'as the position is');

  const position = {
    instId: symbol.name,
    instType: 'SWAP',
    mgnMode: 'isolated',
    posSide: 'net',
    pos: '-2',
    avgPx: '61000',
  };
  okx.answers['/api/v5/account/positions'] = answer(position);
  const [shown] = await okx.calls.positions('account');
  assert.deepEqual([shown?.side, shown?.contracts, shown?.entryPrice], ['short', 2, 61_000]);
  assert.equal((await okx.place(exit))[0]?.fields.tdMode, 'isolated');
  okx.answers['/api/v5/account/positions'] = answer(position, { ...position, mgnMode: 'cross' });
  await assert.rejects(okx.calls.positions('account'), { code: 'ACCOUNT_MODE', message: /close one/ });
});

const question = (fields: object = {}) => ({
  symbol: unified,
  clientOrderId: 'ins0',
  externalId: '',
  isConditional: false,
  ...fields,
});

test('an order is asked for by its client id, a stop in the algo book', async () => {
  okx.answers['/api/v5/trade/order'] = answer(okxOrder({ state: 'filled', accFillSz: '1', avgPx: '60000' }));
  const filled = okx.wordsOf((await okx.calls.order(question()))!);
  assert.deepEqual([filled.status, filled.quantityExecuted, filled.externalId], ['FILLED', 0.01, '500']);
  okx.answers['/api/v5/trade/order-algo'] = answer(okxAlgo({ state: 'effective', ordId: '555' }));
  const triggered = okx.wordsOf((await okx.calls.order(question({ isConditional: true })))!);
  assert.deepEqual(
    [triggered.clientOrderId, triggered.status, triggered.quantityExecuted, triggered.becomes],
    ['ins0stop', 'NEW', 0, '555'],
  );
  await okx.calls.order(question({ clientOrderId: '', externalId: '555' }));
  await okx.calls.order(question({ clientOrderId: '900', externalId: '900', isConditional: true }));
  assert.deepEqual(okx.sent(), [
    { to: 'GET /api/v5/trade/order', fields: { instId: symbol.name, clOrdId: 'ins0' } },
    { to: 'GET /api/v5/trade/order-algo', fields: { instId: symbol.name, algoClOrdId: 'ins0' } },
    { to: 'GET /api/v5/trade/order', fields: { instId: symbol.name, ordId: '555' } },
    { to: 'GET /api/v5/trade/order-algo', fields: { instId: symbol.name, algoId: '900' } },
  ]);
});

test('the order that a stop became is shown under its own id, and as the stop', async () => {
  okx.answers['/api/v5/trade/order'] = answer(okxChild({ state: 'filled', accFillSz: '1', avgPx: '59990' }));
  const words = okx.wordsOf((await okx.calls.order(question({ clientOrderId: '', externalId: '555' })))!);
  assert.deepEqual([words.externalId, words.clientOrderId, words.status], ['555', 'ins0stop', 'FILLED']);
});

test('what the venue does not know is no order', async () => {
  okx.answers['/api/v5/trade/order'] = { code: '51603', msg: 'Order does not exist', data: [] };
  assert.equal(await okx.calls.order(question()), undefined);
  okx.answers['/api/v5/trade/order'] = answer();
  assert.equal(await okx.calls.order(question()), undefined);
});

test('a stop is cancelled by the id of the venue, which is asked for where it is not known', async () => {
  const canceled = {
    to: 'POST /api/v5/trade/cancel-algos',
    fields: { list: [{ algoId: '900', instId: symbol.name }] },
  };
  await okx.calls.cancel(question({ isConditional: true, externalId: '900' }));
  assert.deepEqual(okx.sent(), [canceled]);
  okx.answers['/api/v5/trade/order-algo'] = answer(okxAlgo());
  await okx.calls.cancel(question({ isConditional: true }));
  const lookUp = { to: 'GET /api/v5/trade/order-algo', fields: { instId: symbol.name, algoClOrdId: 'ins0' } };
  assert.deepEqual(okx.sent(), [lookUp, canceled]);
});

test('another order is cancelled by its client id, or by the id of the venue where it has none', async () => {
  await okx.calls.cancel(question({ externalId: '500' }));
  await okx.calls.cancel(question({ clientOrderId: '500', externalId: '500' }));
  assert.deepEqual(
    okx.sent().map(({ fields }) => fields),
    [
      { instId: symbol.name, clOrdId: 'ins0' },
      { instId: symbol.name, ordId: '500' },
    ],
  );
});

test('open orders of all kinds, to the last page', async () => {
  const many = Array.from({ length: 100 }, (_, index) => okxOrder({ ordId: `${999 - index}` }));
  okx.answers['/api/v5/trade/orders-pending'] = ({ after }: Record<string, string>) =>
    after === undefined ? answer(...many) : answer(okxOrder({ ordId: '899' }));
  okx.answers['/api/v5/trade/orders-algo-pending'] = ({ ordType }: Record<string, string>) =>
    ordType === 'conditional,oco' ? answer(okxAlgo()) : answer();
  const orders = await okx.calls.openOrders('account');
  assert.equal(orders.length, 102);
  assert.equal(okx.wordsOf(orders.at(-1)!).type, 'STOP_MARKET');
  const asked = okx.sent().map(({ to, fields }) => [to.split('/').at(-1), fields.ordType, fields.after, fields.instId]);
  const kinds = ['conditional,oco', 'trigger', 'move_order_stop'];
  assert.deepEqual(asked, [
    ['orders-pending', undefined, undefined, undefined],
    ...kinds.map((kind) => ['orders-algo-pending', kind, undefined, undefined]),
    ['orders-pending', undefined, '900', undefined],
  ]);
  okx.answers['/api/v5/trade/orders-pending'] = answer(...many);
  await assert.rejects(okx.calls.openOrders('account', unified), { code: 'UNAVAILABLE' });
  assert.equal(okx.sent()[0]?.fields.instId, symbol.name);
});

test('fresh fills of one order', async () => {
  const fill = {
    instId: symbol.name,
    instType: 'SWAP',
    ordId: '500',
    tradeId: 't1',
    side: 'buy',
    fillSz: '1',
    fillPx: '60000',
  };
  okx.answers['/api/v5/trade/fills'] = answer({ ...fill, fee: '-0.3', feeCcy: 'USDT', ts: '1700000000004' });
  const [trade] = await okx.calls.trades(unified, 5, '500');
  assert.deepEqual([trade?.order, trade?.fee?.cost, trade?.fee?.currency], ['500', 0.3, 'USDT']);
  assert.deepEqual(okx.sent()[0]?.fields, { instType: 'SWAP', instId: symbol.name, ordId: '500' });
});

test('money, what is free, and the maintenance ratio, in futures and in multi-currency mode', async () => {
  const details = [
    { ccy: 'USDT', eq: '1010', upl: '10', availEq: '800', mmr: '20.2' },
    { ccy: 'BTC', eq: '1', upl: '0', availEq: '1', mmr: '' },
  ];
  const wallets = new Map([['USDT', 1000]]);
  okx.answers['/api/v5/account/balance'] = answer({ uTime: '1', adjEq: '', availEq: '', mmr: '', details });
  assert.deepEqual(await okx.calls.balances('account'), { wallets, availableBalance: 800, marginRatio: 0.02 });
  okx.answers['/api/v5/account/balance'] = answer({
    uTime: '1',
    adjEq: '50000',
    availEq: '40000',
    mmr: '500',
    details,
  });
  assert.deepEqual(await okx.calls.balances('account'), { wallets, availableBalance: 40_000, marginRatio: 0.01 });
});

test('transfers are read from the log, oldest first, with the sign of their direction', async () => {
  const bill = (billId: string, balChg: string, ts: string) => ({ billId, type: '1', ccy: 'USDT', balChg, ts });
  okx.answers['/api/v5/account/bills'] = answer(bill('2', '-25', '9'), bill('1', '500', '8'));
  assert.deepEqual(await okx.calls.transfers(7), [
    { id: '1', asset: 'USDT', amount: 500, time: 8 },
    { id: '2', asset: 'USDT', amount: -25, time: 9 },
  ]);
  const fields = { type: '1', begin: '7', limit: '100' };
  assert.deepEqual(okx.sent(), [{ to: 'GET /api/v5/account/bills', fields }]);
});

test('accounts that cannot be governed are refused, with the way to change them', async () => {
  const mode = (acctLv: string, posMode = 'net_mode') => {
    okx.answers['/api/v5/account/config'] = answer({ acctLv, posMode });
    return okx.profile.accountMode!(okx.venue);
  };
  assert.deepEqual(await mode('2'), { isHedged: false });
  assert.deepEqual(await mode('3', 'long_short_mode'), { isHedged: true });
  await assert.rejects(mode('1'), { code: 'ACCOUNT_MODE', message: /Spot mode.*Futures mode/ });
  await assert.rejects(mode('4'), { code: 'ACCOUNT_MODE', message: /Portfolio margin.*Futures mode/ });
});
