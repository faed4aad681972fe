import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOrderLedger } from '../order-ledger.ts';
import type { UserWord } from '../user-words.ts';
import { type BybitOrder, bybitUserWords } from './bybit-words.ts';
import { bybitOrder, orderMessage, positionMessage, walletMessage } from './testing/bybit-messages.ts';

const read = (fields: Partial<BybitOrder>) => {
  const [word] = bybitUserWords(orderMessage(bybitOrder(fields)));
  assert.equal(word?.kind, 'order');
  return (word as Extract<UserWord, { kind: 'order' }>).order;
};

const entry = {
  orderId: 'e-1',
  orderLinkId: 'ins0',
  side: 'Buy',
  stopOrderType: '',
  triggerPrice: '',
  triggerBy: '',
  triggerDirection: 0,
  reduceOnly: false,
  price: '63000',
} as const;

test('a fill in three parts is an order that grows, with its whole fee', () => {
  const parts = [
    { orderStatus: 'PartiallyFilled', cumExecQty: '0.004', avgPrice: '60000', cumFeeDetail: { USDT: '0.13' } },
    { orderStatus: 'PartiallyFilled', cumExecQty: '0.007', avgPrice: '60010', cumFeeDetail: { USDT: '0.23' } },
    { orderStatus: 'Filled', cumExecQty: '0.010', avgPrice: '60020', cumFeeDetail: { USDT: '0.33' } },
  ];
  const ledger = createOrderLedger({ connectorType: 'bybit', marketType: 'futures' });
  const told = parts.map((part) => ledger.told(read({ ...entry, ...part })));
  assert.deepEqual(
    told.map((order) => [order?.status, order?.quantityExecuted, order?.priceExecuted, order?.fee]),
    [
      ['PARTIALLY_FILLED', 0.004, 60_000, 0.13],
      ['PARTIALLY_FILLED', 0.007, 60_010, 0.23],
      ['FILLED', 0.01, 60_020, 0.33],
    ],
  );
  assert.equal(told[0]?.type, 'MARKET');
  assert.equal('price' in told[0]!, false, 'the end of the band of a market order is no limit');
  assert.equal(ledger.told(read({ ...entry, ...parts[2] })), undefined, 'told twice is no news');
});

test('a fee in a coin that is no money is left to the balance; older accounts give the sum only', () => {
  const filled = { orderStatus: 'Filled', cumExecQty: '0.010', avgPrice: '60000' };
  assert.equal(read({ ...filled, cumFeeDetail: { MNT: '0.2' }, cumExecFee: '0.33' }).fee, undefined);
  assert.equal(read({ ...filled, cumFeeDetail: '', cumExecFee: '0.33' }).fee, 0.33);
  assert.equal(read({ cumFeeDetail: { USDT: '0' } }).fee, undefined, 'nothing has filled');
});

test('a triggered stop goes on as the same order, and has filled nothing by that', () => {
  const ledger = createOrderLedger({ connectorType: 'bybit', marketType: 'futures' });
  const told = ['Untriggered', 'Triggered', 'New'].map((orderStatus) => ledger.told(read({ orderStatus })));
  assert.deepEqual(
    told.map((order) => [order?.status, order?.quantityExecuted]),
    [
      ['NEW', 0],
      [undefined, undefined],
      [undefined, undefined],
    ],
  );
  const filled = ledger.told(read({ orderStatus: 'Filled', cumExecQty: '0.010', avgPrice: '59990' }));
  assert.deepEqual([filled?.clientOrderId, filled?.externalId, filled?.status], ['ins0stop', 'abc-1', 'FILLED']);
  assert.equal(ledger.told(read({ orderStatus: 'Triggered' })), undefined, 'what comes late changes nothing');
});

test('states', () => {
  const states: [string, string, string][] = [
    ['Created', '0', 'NEW'],
    ['PartiallyFilled', '0.004', 'PARTIALLY_FILLED'],
    ['PendingCancel', '0.004', 'PARTIALLY_FILLED'],
    ['PartiallyFilledCanceled', '0.004', 'CANCELED'],
    ['Cancelled', '0.004', 'CANCELED'],
    ['Deactivated', '0', 'CANCELED'],
    ['Rejected', '0', 'REJECTED'],
    ['SomethingNew', '0', 'UNKNOWN'],
  ];
  for (const [orderStatus, cumExecQty, status] of states) {
    const words = read({ orderStatus, cumExecQty });
    assert.deepEqual([words.status, words.quantityExecuted], [status, Number(cumExecQty)], orderStatus);
  }
});

test('a stop that was triggered and failed is rejected, in the words of the venue', () => {
  const failed = read({ orderStatus: 'Rejected', rejectReason: 'EC_NoEnoughQtyToFill' });
  assert.deepEqual([failed.reason, failed.reasonText], ['UNKNOWN', 'EC_NoEnoughQtyToFill']);
  assert.equal(read({ orderStatus: 'Rejected', rejectReason: 'EC_DuplicatedClOrdID' }).reason, 'DUPLICATE');
});

test('what a trigger is for follows from where it lies', () => {
  const types: [Partial<BybitOrder>, string][] = [
    [{ side: 'Sell', triggerDirection: 2 }, 'STOP_MARKET'],
    [{ side: 'Sell', triggerDirection: 1 }, 'TAKE_PROFIT_MARKET'],
    [{ side: 'Buy', triggerDirection: 1 }, 'STOP_MARKET'],
    [{ side: 'Buy', triggerDirection: 2 }, 'TAKE_PROFIT_MARKET'],
    [{ side: 'Sell', triggerDirection: 2, orderType: 'Limit' }, 'STOP'],
    [{ stopOrderType: 'TrailingStop' }, 'TRAILING_STOP_MARKET'],
  ];
  for (const [fields, type] of types) assert.equal(read(fields).type, type, JSON.stringify(fields));
  assert.equal(read({ triggerBy: 'LastPrice' }).triggerBy, 'trade');
  assert.equal(read({ qty: '0' }).closePosition, true, 'of no size of its own: the whole position');
  assert.equal(read({ reduceOnly: false, positionIdx: 1 }).reduceOnly, true, 'the side restricts it');
  assert.equal(read({ reduceOnly: false, positionIdx: 2 }).reduceOnly, undefined);
});

const account = (fields: object) => ({
  kind: 'account',
  time: 1_700_000_000_500,
  wallets: [],
  positions: [],
  ...fields,
});
const row = { symbol: 'BTCUSDT', entryPrice: 61_000, leverage: 5 };

test('positions are absolute: open, turned over, flat', () => {
  const short = { ...row, side: 'SHORT', quantity: 0.02 };
  assert.deepEqual(bybitUserWords(positionMessage('Sell', '0.02')), [account({ positions: [short] })]);
  const long = { ...row, side: 'LONG', quantity: 0.01 };
  assert.deepEqual(bybitUserWords(positionMessage('Buy', '0.01')), [account({ positions: [long] })]);
  const flat = { ...row, side: 'LONG', quantity: 0, entryPrice: 0 };
  assert.deepEqual(bybitUserWords(positionMessage('', '0')), [account({ positions: [flat] })]);
  const hedged = { ...long, side: 'SHORT', hedgeSide: 'SHORT' };
  assert.deepEqual(bybitUserWords(positionMessage('Sell', '0.01', { positionIdx: 2 })), [
    account({ positions: [hedged] }),
  ]);
});

test('a deposit is a wallet that is larger: the stream does not say why', () => {
  const wallets = [
    { asset: 'USDT', balance: 1500 },
    { asset: 'BTC', balance: 0.1 },
  ];
  assert.deepEqual(bybitUserWords(walletMessage('1500')), [account({ wallets })]);
});

test('what is not of linear contracts is left out', () => {
  assert.deepEqual(bybitUserWords(orderMessage({ ...bybitOrder(), category: 'spot' })), []);
  assert.deepEqual(bybitUserWords(positionMessage('Buy', '1', { category: 'inverse' })), [account({})]);
});

test('confirmed subscriptions are counted, refused ones are not', () => {
  const answer = { op: 'subscribe', success: true, ret_msg: '', req_id: '3', conn_id: 'x' };
  assert.deepEqual(bybitUserWords(answer), [{ kind: 'subscribed', channel: '3' }]);
  assert.deepEqual(bybitUserWords({ ...answer, success: false }), []);
  assert.deepEqual(bybitUserWords({ op: 'auth', success: true }), []);
  assert.deepEqual(bybitUserWords({ op: 'pong' }), []);
});
