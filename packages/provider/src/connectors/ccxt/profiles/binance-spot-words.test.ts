import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { createOrderLedger } from '../order-ledger.ts';
import type { UserWord } from '../user-words.ts';
import { heldAtCost } from './money.ts';
import { type OfflineVenue, offlineVenue } from './testing/offline-venue.ts';
import { accountPosition, balanceUpdate, executionReport, spotFill } from './testing/spot-messages.ts';

let spot: OfflineVenue;

beforeEach(async () => {
  spot = await offlineVenue('binance', 'spot', {
    symbol: 'BTCUSDT',
    answers: {
      '/api/v3/account': { updateTime: 1, balances: [{ asset: 'USDT', free: '1000', locked: '0' }] },
      '/api/v3/ticker/price': [{ symbol: 'BTCUSDT', price: '60000' }],
    },
  });
  await spot.calls.account('account');
});

const words = (message: unknown): UserWord[] => spot.profile.userWords!(message, spot.venue);

function orderWord(message: unknown) {
  const [word] = words(message);
  assert.equal(word?.kind, 'order');
  return word as Extract<UserWord, { kind: 'order' }>;
}

const account = (fields: object) => ({
  kind: 'account',
  time: 1_700_000_000_002,
  wallets: [],
  positions: [],
  ...fields,
});

test('a fill in three parts: mean price, each trade with its fee', () => {
  const parts = [
    spotFill(['0.004', '60000'], ['0.004', '240'], { t: 1, n: '0.25' }),
    spotFill(['0.004', '61000'], ['0.008', '484'], { t: 2, n: '0.5' }),
    spotFill(['0.002', '61000'], ['0.01', '606'], { t: 3, n: '0.125', X: 'FILLED' }),
  ];
  const ledger = createOrderLedger({ connectorType: 'binance', marketType: 'spot' });
  const told = [...parts, parts[2]].map((part) => {
    const { order, trade } = orderWord(part);
    const after = ledger.told(order, { tradeId: trade!.id, feeUsd: trade!.fee });
    return after && [after.status, after.quantityExecuted, after.priceExecuted, after.fee];
  });
  assert.deepEqual(told, [
    ['PARTIALLY_FILLED', 0.004, 60_000, 0.25],
    ['PARTIALLY_FILLED', 0.008, 60_500, 0.75],
    ['FILLED', 0.01, 60_600, 0.875],
    undefined,
  ]);
  assert.deepEqual(orderWord(parts[0]).trade, { id: '1', fee: 0.25, feeAsset: 'USDT' });
});

test('a fill and then its balance are a position, and the wallet has what it cost', () => {
  words(spotFill(['0.01', '60000'], ['0.01', '600'], { n: '0.00001', N: 'BTC' }));
  assert.deepEqual(words(accountPosition({ BTC: ['0.00999', '0'], USDT: ['400', '0'] })), [
    account({
      wallets: [
        { asset: 'USDT', balance: 400 },
        { asset: heldAtCost, balance: 599.4 },
      ],
      positions: [{ symbol: 'BTCUSDT', side: 'LONG', quantity: 0.00999, entryPrice: 60_000 }],
    }),
  ]);
});

test('a position to flat', () => {
  words(spotFill(['0.01', '60000'], ['0.01', '600']));
  words(accountPosition({ BTC: ['0.01', '0'], USDT: ['400', '0'] }));
  const sale = { S: 'SELL', c: 'ins1', i: 43, T: 1_700_000_000_100, X: 'FILLED' };
  const { order } = orderWord(spotFill(['0.01', '61000'], ['0.01', '610'], sale));
  assert.deepEqual([order.side, order.reduceOnly, order.status], ['SELL', true, 'FILLED']);
  const flat = { symbol: 'BTCUSDT', side: 'LONG', quantity: 0, entryPrice: 60_000 };
  assert.deepEqual(words(accountPosition({ BTC: ['0', '0'], USDT: ['1010', '0'] }, 1_700_000_000_100)), [
    account({
      time: 1_700_000_000_100,
      wallets: [
        { asset: 'USDT', balance: 1010 },
        { asset: heldAtCost, balance: 0 },
      ],
      positions: [flat],
    }),
  ]);
});

test('a stop that is triggered goes on as the same order', () => {
  const stop = { c: 'ins0stop', S: 'SELL', o: 'STOP_LOSS', P: '55000', i: 77 };
  const ledger = createOrderLedger({ connectorType: 'binance', marketType: 'spot' });
  const placed = ledger.told(orderWord(executionReport(stop)).order);
  assert.deepEqual(
    [placed?.type, placed?.stopPrice, placed?.triggerBy, placed?.reduceOnly, placed?.status],
    ['STOP_MARKET', 55_000, 'trade', true, 'NEW'],
  );
  assert.equal(ledger.told(orderWord(executionReport({ ...stop, x: 'NEW', w: true })).order), undefined);
  const filled = ledger.told(orderWord(spotFill(['0.01', '54990'], ['0.01', '549.9'], { ...stop, X: 'FILLED' })).order);
  assert.deepEqual([filled?.clientOrderId, filled?.status, filled?.quantityExecuted], ['ins0stop', 'FILLED', 0.01]);
});

test('a cancelled order goes by its own id, not by that of the cancel', () => {
  const canceled = orderWord(executionReport({ c: 'the-cancel', C: 'ins0', x: 'CANCELED', X: 'CANCELED' })).order;
  assert.deepEqual([canceled.clientOrderId, canceled.status], ['ins0', 'CANCELED']);
});

test('refusals, and ends that are neither', () => {
  const refused = (r: string) => orderWord(executionReport({ x: 'REJECTED', X: 'REJECTED', r })).order;
  assert.equal(refused('INSUFFICIENT_BALANCES').reason, 'MARGIN');
  assert.equal(refused('STOP_PRICE_WOULD_TRIGGER_IMMEDIATELY').reason, 'WOULD_TRIGGER');
  assert.deepEqual([refused('NONE').reason, refused('NONE').reasonText], ['UNKNOWN', 'NONE']);
  const status = (X: string) => orderWord(executionReport({ X })).order.status;
  assert.deepEqual(['EXPIRED', 'EXPIRED_IN_MATCH', 'PENDING_CANCEL'].map(status), ['EXPIRED', 'EXPIRED', 'UNKNOWN']);
});

test('a deposit of money, and of what is held', () => {
  const time = 1_700_000_000_009;
  assert.deepEqual(words(balanceUpdate('USDT', '500')), [account({ time, transfer: { asset: 'USDT', amount: 500 } })]);
  const word = account({ time, transfer: { asset: heldAtCost, amount: -6000 } });
  assert.deepEqual(words(balanceUpdate('BTC', '-0.1')), [word]);
  assert.deepEqual(words(balanceUpdate('ODD', '5')), [], 'of no known worth');
  assert.deepEqual(words(accountPosition({ BTC: ['0.5', '0'] })), [
    account({
      wallets: [
        { asset: 'USDT', balance: 1000 },
        { asset: heldAtCost, balance: 30_000 },
      ],
      positions: [{ symbol: 'BTCUSDT', side: 'LONG', quantity: 0.5, entryPrice: 60_000 }],
    }),
  ]);
});

test('the subscription, its end, and what says nothing', () => {
  const answer = { id: '1', status: 200, result: { subscriptionId: 0 } };
  assert.deepEqual(words(answer), [{ kind: 'subscribed', channel: 'account' }]);
  assert.deepEqual(words({ id: '1', status: 401, error: { code: -2015 } }), []);
  assert.equal(words({ subscriptionId: 0, event: { e: 'eventStreamTerminated', E: 9 } })[0]?.kind, 'ended');
  assert.deepEqual(words({ subscriptionId: 0, event: { e: 'externalLockUpdate', a: 'BTC', d: '1' } }), []);
});
