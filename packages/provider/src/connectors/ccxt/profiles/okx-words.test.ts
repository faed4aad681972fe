import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { createOrderLedger } from '../order-ledger.ts';
import type { UserWord } from '../user-words.ts';
import { type OfflineVenue, offlineVenue } from './testing/offline-venue.ts';
import { okxAlgo, okxChange, okxChild, okxFill, okxMessage, okxOrder } from './testing/okx-messages.ts';

let okx: OfflineVenue;

beforeEach(async () => {
  okx = await offlineVenue('okx', 'futures', { symbol: 'BTC-USDT-SWAP' });
});

const words = (message: unknown): UserWord[] => okx.profile.userWords!(message, okx.venue);

const orderWord = (order: object, channel = 'orders') => {
  const [word] = words(okxMessage(channel, order));
  assert.equal(word?.kind, 'order');
  return word as Extract<UserWord, { kind: 'order' }>;
};

/** As the connector tells it. */
function ledgerFor() {
  const ledger = createOrderLedger({ connectorType: 'okx', marketType: 'futures' });
  return (order: object, channel?: string) => {
    const word = orderWord(order, channel);
    const fee = word.trade && { tradeId: word.trade.id, feeUsd: word.trade.fee };
    const told = ledger.told(word.order, fee);
    return told && [told.clientOrderId, told.status, told.quantityExecuted, told.priceExecuted, told.fee];
  };
}

test('a fill in three parts: base units, each trade with its fee, paid fees positive', () => {
  const parts = [
    okxOrder({ sz: '10', ...okxFill(['4', '60000'], ['t1', '4', '-0.25']) }),
    okxOrder({ sz: '10', ...okxFill(['7', '60010'], ['t2', '3', '-0.5']) }),
    okxOrder({ sz: '10', ...okxFill(['10', '60020'], ['t3', '3', '0.125']), state: 'filled' }),
  ];
  assert.deepEqual(
    parts.map((part) => orderWord(part).trade),
    [
      { id: 't1', fee: 0.25, feeAsset: 'USDT' },
      { id: 't2', fee: 0.5, feeAsset: 'USDT' },
      { id: 't3', fee: -0.125, feeAsset: 'USDT' },
    ],
  );
  const told = ledgerFor();
  assert.deepEqual(
    [...parts, parts[2]!].map((part) => told(part)),
    [
      ['ins0', 'PARTIALLY_FILLED', 0.04, 60_000, 0.25],
      ['ins0', 'PARTIALLY_FILLED', 0.07, 60_010, 0.75],
      ['ins0', 'FILLED', 0.1, 60_020, 0.625],
      undefined,
    ],
  );
  assert.equal(orderWord(parts[0]!).order.updateTime, 1_700_000_000_004, 'the time of the fill');
});

const childFilled = okxChild({ ...okxFill(['1', '59990'], ['t9', '1', '-0.3']), state: 'filled' });
const effective = okxAlgo({ state: 'effective', ordId: '555' });

test('a triggered stop has filled nothing by that; its order is told as the stop', () => {
  const told = ledgerFor();
  assert.deepEqual(told(okxAlgo(), 'orders-algo'), ['ins0stop', 'NEW', 0, 0, undefined]);
  assert.equal(told(effective, 'orders-algo'), undefined);
  assert.equal(told(okxChild()), undefined);
  assert.deepEqual(told(childFilled), ['ins0stop', 'FILLED', 0.01, 59_990, 0.3]);
});

test('the same when the order comes before the stop says that it was triggered', () => {
  const told = ledgerFor();
  told(okxAlgo(), 'orders-algo');
  assert.equal(told(okxChild()), undefined);
  assert.deepEqual(told(childFilled), ['ins0stop', 'FILLED', 0.01, 59_990, 0.3]);
  assert.equal(told(effective, 'orders-algo'), undefined);
});

test('a stop without a client id is followed by the id of the venue', () => {
  const told = ledgerFor();
  assert.equal(told(okxAlgo({ algoClOrdId: '' }), 'orders-algo')?.[0], '900');
  assert.deepEqual(told({ ...childFilled, algoClOrdId: '' })?.slice(0, 2), ['900', 'FILLED']);
});

test('a stop that was triggered and failed is rejected; one that was cancelled is cancelled', () => {
  const failed = orderWord(okxAlgo({ state: 'order_failed', failCode: '51008' }), 'orders-algo').order;
  assert.deepEqual([failed.status, failed.reason], ['REJECTED', 'UNKNOWN']);
  assert.match(failed.reasonText!, /51008/);
  assert.equal(orderWord(okxAlgo({ state: 'partially_failed' }), 'orders-algo').order.status, 'REJECTED');
  assert.equal(orderWord(okxAlgo({ state: 'canceled' }), 'orders-algo').order.status, 'CANCELED');
  assert.equal(orderWord(okxAlgo({ state: 'something_new' }), 'orders-algo').order.status, 'UNKNOWN');
  const part = orderWord(okxOrder({ sz: '10', accFillSz: '4', avgPx: '60000', state: 'canceled' })).order;
  assert.deepEqual([part.status, part.quantityExecuted], ['CANCELED', 0.04]);
});

test('kinds of algo orders, and what triggers them', () => {
  const kinds: [object, string, number | undefined, string | undefined][] = [
    [{}, 'STOP_MARKET', 60_000, 'mark'],
    [{ slTriggerPx: '', tpTriggerPx: '70000', tpTriggerPxType: 'last' }, 'TAKE_PROFIT_MARKET', 70_000, 'trade'],
    [{ ordType: 'oco', tpTriggerPx: '70000', tpTriggerPxType: 'last' }, 'STOP_MARKET', 60_000, 'mark'],
    [{ ordType: 'trigger', slTriggerPx: '', triggerPx: '65000', triggerPxType: 'last' }, 'TRIGGER', 65_000, 'trade'],
    [{ ordType: 'move_order_stop', slTriggerPx: '' }, 'TRAILING_STOP_MARKET', undefined, undefined],
  ];
  for (const [fields, type, stopPrice, triggerBy] of kinds) {
    const { order } = orderWord(okxAlgo(fields), 'orders-algo');
    assert.deepEqual([order.type, order.stopPrice, order.triggerBy], [type, stopPrice, triggerBy]);
  }
  assert.equal(orderWord(okxAlgo({ sz: '' }), 'orders-algo').order.closePosition, true);
  const hedged = okxAlgo({ reduceOnly: 'false', posSide: 'long' });
  assert.equal(orderWord(hedged, 'orders-algo').order.reduceOnly, true, 'the side restricts it');
  assert.equal(orderWord(okxAlgo({ reduceOnly: 'false' }), 'orders-algo').order.reduceOnly, undefined);
});

const account = (fields: object) => ({
  kind: 'account',
  time: 1_700_000_000_500,
  wallets: [],
  positions: [],
  ...fields,
});
const row = { symbol: 'BTC-USDT-SWAP', entryPrice: 61_000 };

test('positions are absolute and in base units: open, turned over, flat, by side', () => {
  const cases: [string, object, object][] = [
    ['2', {}, { ...row, side: 'LONG', quantity: 0.02 }],
    ['-1', {}, { ...row, side: 'SHORT', quantity: 0.01 }],
    ['0', {}, { ...row, side: 'LONG', quantity: 0, entryPrice: 0 }],
    ['3', { posSide: 'short' }, { ...row, side: 'SHORT', quantity: 0.03, hedgeSide: 'SHORT' }],
    ['0', { posSide: 'long' }, { ...row, side: 'LONG', quantity: 0, entryPrice: 0, hedgeSide: 'LONG' }],
  ];
  for (const [pos, position, expected] of cases)
    assert.deepEqual(words(okxChange('filled', { pos, position })), [account({ positions: [expected] })]);
});

test('a deposit is the difference of the cash that was told before; a fill is none', () => {
  assert.deepEqual(words(okxChange('snapshot', { cash: '1000' })), []);
  assert.deepEqual(words(okxChange('filled', { cash: '999.7' })), []);
  const transfer = (amount: number) => account({ transfer: { asset: 'USDT', amount } });
  assert.deepEqual(words(okxChange('transferred', { cash: '1499.7' })), [transfer(500)]);
  assert.deepEqual(words(okxChange('transferred', { cash: '1399.7' })), [transfer(-100)]);
  assert.deepEqual(words(okxChange('transferred', { cash: '1399.7' })), [], 'nothing moved');
});

test('the wallet is what is there without the unrealised result', () => {
  const details = [
    { ccy: 'USDT', eq: '1010.5', upl: '10.5', availEq: '900', mmr: '3' },
    { ccy: 'BTC', eq: '0.1', upl: '', availEq: '0.1', mmr: '' },
  ];
  const wallets = [
    { asset: 'USDT', balance: 1000 },
    { asset: 'BTC', balance: 0.1 },
  ];
  assert.deepEqual(words(okxMessage('account', { uTime: '1700000000500', adjEq: '', details })), [
    account({ wallets }),
  ]);
});

test('subscriptions, and ends of the stream', () => {
  const confirmed = { event: 'subscribe', arg: { channel: 'orders-algo', instType: 'SWAP' } };
  assert.deepEqual(words(confirmed), [{ kind: 'subscribed', channel: 'orders-algo' }]);
  assert.equal(words({ event: 'notice', code: '64008', msg: 'will soon be closed' })[0]?.kind, 'ended');
  assert.equal(words({ event: 'channel-conn-count-error', channel: 'orders', connCount: '30' })[0]?.kind, 'ended');
  for (const silent of [{ event: 'error', code: '60018' }, { event: 'login', code: '0' }, 'pong'])
    assert.deepEqual(words(silent), []);
  assert.deepEqual(words(okxMessage('orders', okxOrder({ instId: 'BTC-USDT' }))), [], 'no market of ours');
});
