import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Order } from '@inspector/contract';
import type { Order as VenueOrder } from 'ccxt';
import type { Instrument } from './instruments.ts';
import { isConditional, isPlaced, placingCall, wordsOf } from './order-words.ts';
import { binanceFutures } from './profiles/binance-futures.ts';
import type { AccountMode, VenueProfile } from './profiles/profile.ts';
import { orderOf, stopOf, T0 } from './testing/order-for-test.ts';

const instrument: Instrument = {
  ...{ name: 'BTCUSDT', unified: 'BTC/USDT:USDT', contractSize: 1, baseAsset: 'BTC', quoteAsset: 'USDT' },
  spec: undefined,
};
const inContracts = { ...instrument, contractSize: 0.01 };

/** A profile of which only what is looked at here is there: everything optional is missing. */
const plain = { ...binanceFutures, orderParameters: () => ({}), refine: undefined } as unknown as VenueProfile;

const callOf = (order: Order, mode: AccountMode = { isHedged: false }, profile: VenueProfile = plain) =>
  placingCall(order, { instrument, profile, mode });

describe('the call that places an order', () => {
  it('is at market, by its client id', () => {
    assert.deepEqual(callOf(orderOf({ clientOrderId: 'a' })), {
      ...{ symbol: 'BTC/USDT:USDT', type: 'market', side: 'buy', amount: 0.01, price: undefined },
      parameters: { clientOrderId: 'a' },
    });
  });

  it('has a price for a limit order, and for no other', () => {
    const limit = callOf(orderOf({ type: 'LIMIT', side: 'SELL', price: 61_000 }));
    assert.deepEqual([limit.type, limit.side, limit.price], ['limit', 'sell', 61_000]);
    assert.equal(callOf(orderOf({ price: 61_000 })).price, undefined);
    assert.equal(callOf(stopOf({ price: 61_000 })).price, undefined);
  });

  it('tells a stop from a target by the parameter that ccxt has for each', () => {
    const stop = callOf(stopOf({ clientOrderId: 'a', stopPrice: 59_000 }));
    assert.deepEqual([stop.type, stop.parameters], ['market', { clientOrderId: 'a', stopLossPrice: 59_000 }]);
    const target = callOf(stopOf({ clientOrderId: 'a', type: 'TAKE_PROFIT_MARKET', stopPrice: 61_000 }));
    assert.deepEqual([target.type, target.parameters], ['market', { clientOrderId: 'a', takeProfitPrice: 61_000 }]);
  });

  it('counts contracts where the venue does, without binary noise', () => {
    const amountOf = (quantity: number) =>
      placingCall(orderOf({ quantity }), { instrument: inContracts, profile: plain, mode: { isHedged: false } }).amount;
    assert.deepEqual([amountOf(0.01), amountOf(0.07), amountOf(0.003)], [1, 7, 0.3]);
  });

  it('has what the profile adds, and is what the profile makes of it', () => {
    const profile: VenueProfile = {
      ...plain,
      orderParameters: (_order, { isHedged }) => ({ isHedged }),
      shapeCall: (call, order) => ({ ...call, amount: 2 * order.quantity }),
    };
    const call = callOf(orderOf({ clientOrderId: 'a' }), { isHedged: true }, profile);
    assert.deepEqual([call.amount, call.parameters], [0.02, { clientOrderId: 'a', isHedged: true }]);
  });

  it('is made for four types of orders', () => {
    for (const type of ['MARKET', 'LIMIT', 'STOP_MARKET', 'TAKE_PROFIT_MARKET'])
      assert.equal(isPlaced({ type }), true, type);
    for (const type of ['STOP', 'TAKE_PROFIT', 'TRAILING_STOP_MARKET', 'market', ''])
      assert.equal(isPlaced({ type }), false, type);
  });
});

it('an order waits for its trigger by its type', () => {
  for (const type of ['STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'])
    assert.equal(isConditional({ type }), true, type);
  for (const type of ['MARKET', 'LIMIT']) assert.equal(isConditional({ type }), false, type);
});

/** A limit BUY of 1 that works, as ccxt shows it, unless told otherwise. */
const shownOf = (terms: Partial<Record<keyof VenueOrder, unknown>> = {}): VenueOrder =>
  ({
    ...{ id: '77', clientOrderId: 'a', symbol: 'BTC/USDT:USDT', type: 'limit', side: 'buy', status: 'open' },
    ...{ amount: 1, filled: 0, price: 59_000, average: undefined, timestamp: T0, reduceOnly: false },
    ...{ lastTradeTimestamp: undefined, lastUpdateTimestamp: T0 + 5, info: {} },
    ...terms,
  }) as unknown as VenueOrder;

const read = (terms: Parameters<typeof shownOf>[0] = {}, where: Instrument = instrument) =>
  wordsOf(shownOf(terms), { instrument: where, profile: plain, askedAt: T0 + 9 });

describe('what ccxt shows of an order', () => {
  it('is read whole', () => {
    assert.deepEqual(read(), {
      ...{ externalId: '77', clientOrderId: 'a', symbol: { name: 'BTCUSDT' }, side: 'BUY', type: 'LIMIT' },
      ...{ quantity: 1, quantityExecuted: 0, priceExecuted: 0, status: 'NEW', price: 59_000 },
      ...{ time: T0, updateTime: T0 + 5 },
    });
  });

  const statuses: readonly [string | undefined, number, string][] = [
    ['open', 0, 'NEW'],
    ['open', 0.4, 'PARTIALLY_FILLED'],
    ['closed', 1, 'FILLED'],
    // Rounding on the way is no missing part; a step is.
    ['closed', 1 - 1e-10, 'FILLED'],
    ['closed', 0.999, 'CANCELED'],
    ['closed', 0, 'CANCELED'],
    ['canceled', 0.4, 'CANCELED'],
    ['canceling', 0, 'CANCELED'],
    ['expired', 0, 'EXPIRED'],
    ['rejected', 0, 'REJECTED'],
    ['sleeping', 0, 'UNKNOWN'],
    [undefined, 0, 'UNKNOWN'],
  ];
  for (const [status, filled, expected] of statuses) {
    it(`says ${expected} of ${status} with ${filled} of 1 filled`, () => {
      const words = read({ status, filled });
      assert.deepEqual([words.status, words.quantityExecuted], [expected, Number(filled.toPrecision(12))]);
    });
  }

  it('is FILLED when it is closed and no quantity is shown', () => {
    assert.equal(read({ status: 'closed', amount: 0, filled: 1 }).status, 'FILLED');
  });

  it('is of the type that its trigger makes it', () => {
    const typeOf = (terms: Parameters<typeof shownOf>[0]) => read(terms).type;
    assert.equal(typeOf({ type: 'market' }), 'MARKET');
    assert.equal(typeOf({ type: undefined }), 'MARKET');
    assert.equal(typeOf({ type: 'market', stopLossPrice: 58_000 }), 'STOP_MARKET');
    assert.equal(typeOf({ type: 'market', triggerPrice: 58_000 }), 'STOP_MARKET');
    assert.equal(typeOf({ type: 'market', takeProfitPrice: 62_000 }), 'TAKE_PROFIT_MARKET');
    assert.equal(typeOf({ type: 'stop_market', takeProfitPrice: 62_000 }), 'STOP_MARKET');
  });

  it('has the trigger, whatever ccxt calls it', () => {
    assert.equal(read({ stopLossPrice: 1 }).stopPrice, 1);
    assert.equal(read({ takeProfitPrice: 2 }).stopPrice, 2);
    assert.equal(read({ triggerPrice: 3 }).stopPrice, 3);
    assert.ok(!('stopPrice' in read({ triggerPrice: 0 })));
  });

  it('has a price where it was placed at one: that of a market order is what it filled at', () => {
    assert.equal(read().price, 59_000);
    assert.ok(!('price' in read({ price: 0 })));
    const filled = read({ type: 'market', status: 'closed', filled: 1, price: 60_000.1, average: 60_000.1 });
    assert.ok(!('price' in filled));
    assert.equal(filled.priceExecuted, 60_000.1);
    assert.ok(!('price' in read({ type: 'stop_market', price: 60_000.1 })));
  });

  it('counts base units where the venue counts contracts', () => {
    const words = read({ amount: 7, filled: 3, status: 'open' }, inContracts);
    assert.deepEqual([words.quantity, words.quantityExecuted], [0.07, 0.03]);
  });

  it('is of the time that is nearest to its change, at last of the time when it was asked for', () => {
    const timesOf = (terms: Parameters<typeof shownOf>[0]) => {
      const { time, updateTime } = read(terms);
      return [time - T0, updateTime - T0];
    };
    assert.deepEqual(timesOf({}), [0, 5]);
    assert.deepEqual(timesOf({ lastUpdateTimestamp: undefined, lastTradeTimestamp: T0 + 3 }), [0, 3]);
    assert.deepEqual(timesOf({ lastUpdateTimestamp: undefined }), [0, 0]);
    assert.deepEqual(timesOf({ lastUpdateTimestamp: undefined, timestamp: undefined }), [9, 9]);
  });

  it('says only that it reduces, not that it does not', () => {
    assert.equal(read({ reduceOnly: true }).reduceOnly, true);
    assert.ok(!('reduceOnly' in read({ reduceOnly: false })));
  });

  it('is corrected by the profile', () => {
    const profile: VenueProfile = { ...plain, refine: (words) => ({ ...words, becomes: '78' }) };
    assert.equal(wordsOf(shownOf(), { instrument, profile, askedAt: T0 }).becomes, '78');
  });
});
