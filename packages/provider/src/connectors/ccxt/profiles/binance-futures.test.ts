import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { createOrderLedger } from '../order-ledger.ts';
import { orderOf, stopOf } from '../testing/order-for-test.ts';
import type { UserWord } from '../user-words.ts';
import { accountUpdate, algoUpdate, futuresFill, orderUpdate } from './testing/futures-messages.ts';
import { type OfflineVenue, offlineVenue } from './testing/offline-venue.ts';

const restOrder = (fields: object = {}) => ({
  orderId: 555,
  symbol: 'BTCUSDT',
  status: 'NEW',
  clientOrderId: 'ins0',
  price: '0',
  avgPrice: '0.00',
  origQty: '0.010',
  executedQty: '0.000',
  cumQuote: '0',
  type: 'MARKET',
  reduceOnly: false,
  closePosition: false,
  side: 'BUY',
  positionSide: 'BOTH',
  stopPrice: '0',
  workingType: 'CONTRACT_PRICE',
  origType: 'MARKET',
  time: 1_700_000_000_001,
  updateTime: 1_700_000_000_002,
  ...fields,
});
const restAlgo = (fields: object = {}) => ({
  algoId: 900,
  clientAlgoId: 'ins0stop',
  algoType: 'CONDITIONAL',
  orderType: 'STOP_MARKET',
  symbol: 'BTCUSDT',
  side: 'SELL',
  positionSide: 'BOTH',
  quantity: '0.010',
  algoStatus: 'NEW',
  triggerPrice: '60000.0',
  price: '0',
  workingType: 'MARK_PRICE',
  closePosition: false,
  reduceOnly: true,
  createTime: 1_700_000_000_001,
  updateTime: 1_700_000_000_002,
  ...fields,
});

let futures: OfflineVenue;

beforeEach(async () => {
  futures = await offlineVenue('binance', 'futures', {
    symbol: 'BTCUSDT',
    answers: {
      '/fapi/v1/order': restOrder(),
      '/fapi/v1/algoOrder': restAlgo(),
      '/fapi/v1/openOrders': [],
      '/fapi/v1/openAlgoOrders': [restAlgo()],
      '/fapi/v1/allOpenOrders': { code: 200 },
      '/fapi/v1/algoOpenOrders': { code: 200 },
      '/fapi/v1/positionSide/dual': { dualSidePosition: false },
      '/fapi/v1/multiAssetsMargin': { multiAssetsMargin: false },
    },
  });
});

const market = (fields: object) => [
  {
    to: 'POST /fapi/v1/order',
    fields: {
      symbol: 'BTCUSDT',
      newClientOrderId: 'ins0',
      newOrderRespType: 'RESULT',
      type: 'MARKET',
      quantity: '0.01',
      ...fields,
    },
  },
];
const algo = (fields: object) => [
  {
    to: 'POST /fapi/v1/algoOrder',
    fields: {
      symbol: 'BTCUSDT',
      algoType: 'CONDITIONAL',
      clientAlgoId: 'ins0',
      newOrderRespType: 'RESULT',
      quantity: '0.01',
      triggerPrice: '60000',
      ...fields,
    },
  },
];
const entry = orderOf({ clientOrderId: 'ins0' });
const exit = orderOf({ clientOrderId: 'ins0', side: 'SELL', reduceOnly: true });
const stop = stopOf({ clientOrderId: 'ins0', stopPrice: 60_000 });

test('entries and exits are orders, stops and targets algo orders', async () => {
  assert.deepEqual(await futures.place(entry), market({ side: 'BUY' }));
  assert.deepEqual(await futures.place(exit), market({ side: 'SELL', reduceOnly: 'true' }));
  const ofStop = { type: 'STOP_MARKET', side: 'SELL', reduceOnly: 'true' };
  assert.deepEqual(await futures.place(stop), algo({ ...ofStop, workingType: 'MARK_PRICE' }));
  const byTrades = { ...stop, triggerBy: 'trade' as const };
  assert.deepEqual(await futures.place(byTrades), algo({ ...ofStop, workingType: 'CONTRACT_PRICE' }));
  const target = { ...stop, type: 'TAKE_PROFIT_MARKET' };
  const ofTarget = { ...ofStop, type: 'TAKE_PROFIT_MARKET', workingType: 'MARK_PRICE' };
  assert.deepEqual(await futures.place(target), algo(ofTarget));
});

test('in hedge mode the side of the position stands for the restriction', async () => {
  const hedged = { isHedged: true };
  assert.deepEqual(await futures.place(entry, hedged), market({ side: 'BUY', positionSide: 'LONG' }));
  assert.deepEqual(await futures.place(exit, hedged), market({ side: 'SELL', positionSide: 'LONG' }));
  const short = { ...exit, side: 'BUY' as const };
  assert.deepEqual(await futures.place(short, hedged), market({ side: 'BUY', positionSide: 'SHORT' }));
});

const question = (isConditional: boolean) => ({
  symbol: 'BTC/USDT:USDT',
  clientOrderId: 'ins0',
  externalId: '',
  isConditional,
});

test('both books are asked, cancelled and listed, each by its own client id', async () => {
  await futures.calls.order(question(false));
  await futures.calls.order(question(true));
  await futures.calls.cancel(question(false));
  await futures.calls.cancel(question(true));
  await futures.calls.cancelAll('BTC/USDT:USDT');
  const [open] = await futures.calls.openOrders('account', 'BTC/USDT:USDT');
  const ofSymbol = { symbol: 'BTCUSDT' };
  assert.deepEqual(futures.sent(), [
    { to: 'GET /fapi/v1/order', fields: { ...ofSymbol, origClientOrderId: 'ins0' } },
    { to: 'GET /fapi/v1/algoOrder', fields: { ...ofSymbol, clientAlgoId: 'ins0' } },
    { to: 'DELETE /fapi/v1/order', fields: { ...ofSymbol, origClientOrderId: 'ins0' } },
    { to: 'DELETE /fapi/v1/algoOrder', fields: { ...ofSymbol, clientAlgoId: 'ins0' } },
    { to: 'DELETE /fapi/v1/allOpenOrders', fields: ofSymbol },
    { to: 'DELETE /fapi/v1/algoOpenOrders', fields: ofSymbol },
    { to: 'GET /fapi/v1/openOrders', fields: ofSymbol },
    { to: 'GET /fapi/v1/openAlgoOrders', fields: ofSymbol },
  ]);
  const words = futures.wordsOf(open!);
  assert.deepEqual(
    [words.externalId, words.clientOrderId, words.type, words.stopPrice, words.triggerBy, words.status],
    ['900', 'ins0stop', 'STOP_MARKET', 60_000, 'mark', 'NEW'],
  );
});

test('a triggered stop has filled nothing by that; what it filled is what it says', async () => {
  const shown = async (fields: object) => {
    futures.answers['/fapi/v1/algoOrder'] = restAlgo(fields);
    return futures.wordsOf((await futures.calls.order(question(true)))!);
  };
  const triggered = await shown({ algoStatus: 'TRIGGERED', actualOrderId: '555' });
  assert.deepEqual([triggered.status, triggered.quantityExecuted, triggered.becomes], ['NEW', 0, '555']);
  const finished = { algoStatus: 'FINISHED', actualOrderId: '555', actualPrice: '59990' };
  assert.equal((await shown({ ...finished, actualQty: '0.010' })).status, 'FILLED');
  assert.equal((await shown({ ...finished, actualQty: '0.004' })).status, 'CANCELED');
});

test('the wallet is without the unrealised result', async () => {
  futures.answers['/fapi/v3/account'] = {
    totalMarginBalance: '1010',
    totalMaintMargin: '20.2',
    availableBalance: '800',
    assets: [
      { asset: 'USDT', walletBalance: '1000', marginBalance: '1010', updateTime: 1 },
      { asset: 'BNB', walletBalance: '1', marginBalance: '1', updateTime: 1 },
    ],
    positions: [],
  };
  const read = { wallets: new Map([['USDT', 1000]]), availableBalance: 800, marginRatio: 0.02 };
  assert.deepEqual(await futures.calls.balances('account'), read);
});

test('modes: one-way, hedge, and Multi-Assets Mode, which is refused', async () => {
  const mode = () => futures.profile.accountMode!(futures.venue);
  assert.deepEqual(await mode(), { isHedged: false });
  futures.answers['/fapi/v1/positionSide/dual'] = { dualSidePosition: true };
  assert.deepEqual(await mode(), { isHedged: true });
  futures.answers['/fapi/v1/multiAssetsMargin'] = { multiAssetsMargin: true };
  await assert.rejects(mode(), { code: 'ACCOUNT_MODE', message: /Single-Asset Mode/ });
});

const words = (message: unknown): UserWord[] => futures.profile.userWords!(message, futures.venue);

function ledgerFor() {
  const ledger = createOrderLedger({ connectorType: 'binance', marketType: 'futures' });
  return (message: object) => {
    const [word] = words(message);
    assert.equal(word?.kind, 'order');
    const { order, trade } = word as Extract<UserWord, { kind: 'order' }>;
    const told = ledger.told(order, trade && { tradeId: trade.id, feeUsd: trade.fee });
    return told && [told.clientOrderId, told.status, told.quantityExecuted, told.priceExecuted, told.fee];
  };
}

test('a fill in three parts, each trade once', () => {
  const told = ledgerFor();
  const ofEntry = { c: 'ins0', i: 77, S: 'BUY', R: false };
  const last = futuresFill('0.010', '60020', '0.125', { ...ofEntry, X: 'FILLED' });
  assert.deepEqual(told(futuresFill('0.004', '60000', '0.25', ofEntry)), [
    'ins0',
    'PARTIALLY_FILLED',
    0.004,
    60_000,
    0.25,
  ]);
  assert.deepEqual(told(futuresFill('0.007', '60010', '0.5', ofEntry)), [
    'ins0',
    'PARTIALLY_FILLED',
    0.007,
    60_010,
    0.75,
  ]);
  assert.deepEqual(told(last), ['ins0', 'FILLED', 0.01, 60_020, 0.875]);
  assert.equal(told(last), undefined);
});

const triggered = { X: 'TRIGGERED', ai: '555', tt: 5 };
const finished = { X: 'FINISHED', ai: '555', aq: '0.010', ap: '59990' };
const filled = futuresFill('0.010', '59990', '0.3', { X: 'FILLED' });

test('a triggered stop and its order are one, in whichever order they are told', () => {
  const stopFirst = ledgerFor();
  assert.deepEqual(stopFirst(algoUpdate()), ['ins0stop', 'NEW', 0, 0, undefined]);
  for (const message of [algoUpdate({ X: 'TRIGGERING' }), algoUpdate(triggered), orderUpdate()])
    assert.equal(stopFirst(message), undefined);
  assert.deepEqual(stopFirst(filled), ['ins0stop', 'FILLED', 0.01, 59_990, 0.3]);
  assert.equal(stopFirst(algoUpdate(finished)), undefined);

  const orderFirst = ledgerFor();
  orderFirst(algoUpdate());
  assert.deepEqual(orderFirst(filled), ['ins0stop', 'FILLED', 0.01, 59_990, 0.3]);
  assert.equal(orderFirst(algoUpdate(triggered)), undefined);
  assert.equal(orderFirst(algoUpdate(finished)), undefined);
});

test('a stop that failed when it was triggered is rejected, one that was cancelled cancelled', () => {
  const told = ledgerFor();
  told(algoUpdate());
  assert.deepEqual(told(algoUpdate({ X: 'REJECTED', rm: 'Reduce Only reject' }))?.slice(0, 2), [
    'ins0stop',
    'REJECTED',
  ]);
  const other = { caid: 'ins1', aid: 901 };
  told(algoUpdate(other));
  assert.deepEqual(told(algoUpdate({ ...other, X: 'CANCELED' }))?.slice(0, 2), ['ins1', 'CANCELED']);
});

const account = (fields: object) => ({
  kind: 'account',
  time: 1_700_000_000_007,
  wallets: [{ asset: 'USDT', balance: 1000 }],
  positions: [],
  ...fields,
});

test('positions are absolute: turned over, flat; a deposit is a transfer, a fill is none', () => {
  const wb = { wb: '1000', bc: '500' };
  const row = { symbol: 'BTCUSDT', entryPrice: 61_000 };
  const positions = (position: object) => account({ positions: [{ ...row, ...position }] });
  assert.deepEqual(words(accountUpdate('ORDER', wb, { pa: '0.02' })), [positions({ side: 'LONG', quantity: 0.02 })]);
  assert.deepEqual(words(accountUpdate('ORDER', wb, { pa: '-0.01' })), [positions({ side: 'SHORT', quantity: 0.01 })]);
  const flat = positions({ side: 'LONG', quantity: 0, entryPrice: 0 });
  assert.deepEqual(words(accountUpdate('ORDER', wb, { pa: '0', ep: '0' })), [flat]);
  const deposit = account({ transfer: { asset: 'USDT', amount: 500 } });
  assert.deepEqual(words(accountUpdate('DEPOSIT', wb)), [deposit]);
  assert.deepEqual(words(accountUpdate('FUNDING_FEE', wb)), [account({})]);
});

test('a listen key that expired ends the stream', () => {
  assert.equal(words({ e: 'listenKeyExpired', listenKey: 'K' })[0]?.kind, 'ended');
  assert.deepEqual(words({ e: 'MARGIN_CALL' }), []);
});

test('transfers are read from the log, with the sign of their direction', async () => {
  const income = (tranId: number, amount: string, time: number) => ({
    ...{ symbol: '', incomeType: 'TRANSFER', info: 'TRANSFER', asset: 'USDT', tradeId: '' },
    ...{ income: amount, time, tranId },
  });
  futures.answers['/fapi/v1/income'] = [income(4, '500.00000000', 8), income(5, '-25.00000000', 9)];
  assert.deepEqual(await futures.calls.transfers(7), [
    { id: '4', asset: 'USDT', amount: 500, time: 8 },
    { id: '5', asset: 'USDT', amount: -25, time: 9 },
  ]);
  const fields = { incomeType: 'TRANSFER', startTime: '7', limit: '1000' };
  assert.deepEqual(futures.sent(), [{ to: 'GET /fapi/v1/income', fields }]);
});
