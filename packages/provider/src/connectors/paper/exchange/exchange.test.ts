import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isPayloadOf, validateEnvelope } from '@inspector/contract';
import { accountEvent, book, exchangeOf, listing, mark, orderOf, T0, trade, wordsOf } from './testing.ts';

const thin = book(
  [
    [1999, 1],
    [1998, 2],
  ],
  [
    [2001, 1],
    [2002, 2],
  ],
);

describe('a MARKET order', () => {
  it('walks the last book, best level first', () => {
    const exchange = exchangeOf();
    exchange.market(thin);
    const { order } = exchange.place(orderOf({ quantity: 2 }), T0);
    assert.equal(order.status, 'FILLED');
    assert.equal(order.priceExecuted, 2001.5);
    assert.equal(order.quantityExecuted, 2);
  });

  it('leaves the volume in the book', () => {
    const exchange = exchangeOf();
    exchange.market(thin);
    exchange.place(orderOf(), T0);
    assert.equal(exchange.place(orderOf(), T0).order.priceExecuted, 2001);
  });

  it('fills what is past the depth at the last level', () => {
    const exchange = exchangeOf();
    exchange.market(thin);
    const { order } = exchange.place(orderOf({ side: 'SELL', quantity: 6 }), T0);
    assert.equal(order.priceExecuted, (1999 + 5 * 1998) / 6);
  });

  it('fills at the last accepted price where no book was ever seen', () => {
    const exchange = exchangeOf();
    exchange.market(mark(1990));
    exchange.market(trade(2000, T0 + 1));
    assert.equal(exchange.place(orderOf(), T0 + 1).order.priceExecuted, 2000);
  });

  it('is rejected with UNKNOWN where there was never a price', () => {
    const { order, events } = exchangeOf().place(orderOf(), T0);
    assert.equal(order.status, 'REJECTED');
    assert.equal(order.reason, 'UNKNOWN');
    assert.match(order.reasonText ?? '', /No price was ever seen for ETHUSDT/);
    assert.deepEqual(wordsOf(events), ['PROVIDER_ORDER_CLOSE REJECTED']);
  });

  it('reports the order, its end, then the account, all numbered and at the time of the cause', () => {
    const exchange = exchangeOf({ takerFeePercent: 0.05 });
    exchange.market(thin);
    const { events } = exchange.place(orderOf({ leverage: 5 }), T0 + 7);
    assert.deepEqual(wordsOf(events), [
      'PROVIDER_ORDER_CREATE FILLED',
      'PROVIDER_ORDER_CLOSE FILLED',
      'PROVIDER_ACCOUNT_EVENT position',
    ]);
    assert.deepEqual(
      events.map((event) => [event.seq, event.timestamp]),
      [
        [1, T0 + 7],
        [2, T0 + 7],
        [3, T0 + 7],
      ],
    );
    for (const event of events) assert.equal(validateEnvelope(event).ok, true);
    const fee = (2001 * 0.05) / 100;
    const account = events[2]!;
    assert.ok(account.type === 'PROVIDER_ACCOUNT_EVENT' && isPayloadOf(account.type, account.payload));
    assert.equal(account.payload.options.walletBalance, 10_000 - fee);
    assert.deepEqual(account.payload.options.positions, [
      { symbol: 'ETHUSDT', side: 'LONG', quantity: 1, entryPrice: 2001, leverage: 5 },
    ]);
    const close = events[1]!;
    assert.ok(close.type === 'PROVIDER_ORDER_CLOSE');
    assert.equal(close.payload.fee, fee);
    assert.equal(close.payload.updateTime, T0 + 7);
  });
});

describe('a LIMIT order', () => {
  it('takes what is marketable at placing, within its price, and rests with the rest', () => {
    const exchange = exchangeOf();
    exchange.market(thin);
    const { order, events } = exchange.place(orderOf({ type: 'LIMIT', price: 2001, quantity: 3 }), T0);
    assert.deepEqual(wordsOf(events), ['PROVIDER_ORDER_CREATE PARTIALLY_FILLED', 'PROVIDER_ACCOUNT_EVENT position']);
    assert.equal(order.quantityExecuted, 1);
    assert.equal(order.priceExecuted, 2001);
  });

  it('rests until the opposite best reaches it, then fills at its price as the maker', () => {
    const exchange = exchangeOf({ makerFeePercent: 0.02, takerFeePercent: 0.05 });
    exchange.market(thin);
    const { events } = exchange.place(orderOf({ type: 'LIMIT', price: 1995, quantity: 3 }), T0);
    assert.deepEqual(wordsOf(events), ['PROVIDER_ORDER_CREATE NEW']);
    assert.deepEqual(exchange.market(book([[1994, 1]], [[1995.01, 1]], T0 + 1)), []);
    const filled = exchange.market(book([[1994, 1]], [[1995, 1]], T0 + 2));
    assert.deepEqual(wordsOf(filled), [
      'PROVIDER_ORDER_CREATE FILLED',
      'PROVIDER_ORDER_CLOSE FILLED',
      'PROVIDER_ACCOUNT_EVENT position',
    ]);
    assert.ok(filled[0]!.type === 'PROVIDER_ORDER_CREATE');
    assert.equal(filled[0]!.payload.priceExecuted, 1995);
    assert.equal(filled[0]!.payload.fee, (3 * 1995 * 0.02) / 100);
    assert.equal(filled[0]!.timestamp, T0 + 2);
  });

  it('is not filled by a crossed or one-sided book', () => {
    const exchange = exchangeOf();
    exchange.market(thin);
    exchange.place(orderOf({ type: 'LIMIT', price: 1995 }), T0);
    assert.deepEqual(exchange.market(book([[1996, 1]], [[1995, 1]], T0 + 1)), []);
    assert.deepEqual(exchange.market(book([], [[1995, 1]], T0 + 2)), []);
  });

  it('is cancelled by client id, once', () => {
    const exchange = exchangeOf();
    const { order } = exchange.place(orderOf({ type: 'LIMIT', price: 1995 }), T0);
    const cancelled = exchange.cancel(order.clientOrderId, T0 + 5);
    assert.deepEqual(wordsOf(cancelled.events), ['PROVIDER_ORDER_CLOSE CANCELED']);
    assert.equal(cancelled.order?.updateTime, T0 + 5);
    assert.deepEqual(exchange.cancel(order.clientOrderId, T0 + 6).events, []);
    assert.equal(exchange.cancel('nobody', T0).order, null);
    assert.deepEqual(exchange.state(T0 + 6).orders, []);
  });
});

describe('a conditional order', () => {
  const long = () => {
    const exchange = exchangeOf();
    exchange.market(thin);
    exchange.market(mark(2000));
    exchange.place(orderOf({ quantity: 2 }), T0);
    return exchange;
  };
  const stop = orderOf({
    side: 'SELL',
    type: 'STOP_MARKET',
    stopPrice: 1990,
    quantity: 2,
    reduceOnly: true,
    triggerBy: 'mark',
  });
  const target = { ...stop, clientOrderId: 'target', type: 'TAKE_PROFIT_MARKET', stopPrice: 2010 };

  it('triggers at its price, inclusive, and fills by the book', () => {
    const exchange = long();
    assert.deepEqual(wordsOf(exchange.place(stop, T0).events), ['PROVIDER_ORDER_CREATE NEW']);
    exchange.market(book([[1989, 5]], [[1991, 5]], T0 + 1));
    assert.deepEqual(exchange.market(mark(1990.01, T0 + 1)), []);
    const events = exchange.market(mark(1990, T0 + 2));
    assert.deepEqual(wordsOf(events), [
      'PROVIDER_ORDER_CREATE FILLED',
      'PROVIDER_ORDER_CLOSE FILLED',
      'PROVIDER_ACCOUNT_EVENT position',
    ]);
    assert.ok(events[2]!.type === 'PROVIDER_ACCOUNT_EVENT');
    assert.deepEqual(events[2]!.payload.options.positions, [
      { symbol: 'ETHUSDT', side: 'LONG', quantity: 0, entryPrice: 2001.5, leverage: 10 },
    ]);
    assert.equal(events[2]!.payload.options.walletBalance, 10_000 - 2 * 12.5);
  });

  it('is not triggered by the other kind of price, an outlier, or a print that is no market trade', () => {
    const exchange = long();
    exchange.place({ ...stop, triggerBy: 'trade' }, T0);
    exchange.market(mark(1900, T0 + 1));
    exchange.market(trade(1900, T0 + 1));
    exchange.market(trade(1990, T0 + 1, { market: false }));
    assert.equal(exchange.lookup(stop.clientOrderId)?.status, 'NEW');
    exchange.market(trade(1990, T0 + 2));
    assert.equal(exchange.lookup(stop.clientOrderId)?.status, 'FILLED');
  });

  it('takes a far trade once the book is no longer fresh', () => {
    const exchange = long();
    exchange.place({ ...stop, triggerBy: 'trade' }, T0);
    exchange.market(trade(1900, T0 + 5000));
    assert.equal(exchange.lookup(stop.clientOrderId)?.status, 'NEW');
    exchange.market(trade(1900, T0 + 5001));
    assert.equal(exchange.lookup(stop.clientOrderId)?.status, 'FILLED');
  });

  it('is rejected with WOULD_TRIGGER when price is already through it, inclusive', () => {
    const exchange = long();
    const { order } = exchange.place({ ...stop, stopPrice: 2000 }, T0);
    assert.equal(order.reason, 'WOULD_TRIGGER');
    assert.equal(exchange.place({ ...target, stopPrice: 2000 }, T0).order.reason, 'WOULD_TRIGGER');
  });

  it('lets the stop win when one event crosses both', () => {
    const exchange = exchangeOf();
    exchange.market(thin);
    exchange.place(orderOf({ quantity: 2 }), T0);
    // No mark was seen yet, so neither would trigger at placing.
    exchange.place({ ...target, stopPrice: 1990 }, T0);
    exchange.place({ ...stop, stopPrice: 2000 }, T0);
    exchange.market(mark(1995, T0 + 1));
    assert.equal(exchange.lookup(stop.clientOrderId)?.status, 'FILLED');
    assert.equal(exchange.lookup('target')?.reason, 'REDUCE_ONLY');
  });

  it('stays when the position is gone, and can then never open one', () => {
    const exchange = long();
    exchange.place(target, T0);
    exchange.place(orderOf({ side: 'SELL', quantity: 2 }), T0);
    assert.equal(exchange.lookup('target')?.status, 'NEW');
    exchange.market(mark(2010, T0 + 2));
    assert.equal(exchange.lookup('target')?.reason, 'REDUCE_ONLY');
    assert.deepEqual(exchange.state(T0 + 2).positions, []);
  });

  it('closes whatever the position then is with closePosition', () => {
    const exchange = long();
    exchange.place({ ...stop, closePosition: true, reduceOnly: false, quantity: 0 }, T0);
    exchange.place(orderOf({ quantity: 3 }), T0);
    exchange.market(mark(1980, T0 + 1));
    assert.equal(exchange.lookup(stop.clientOrderId)?.quantityExecuted, 5);
    assert.deepEqual(exchange.state(T0 + 1).positions, []);
  });
});

describe('reduce-only', () => {
  it('is cut to the position', () => {
    const exchange = exchangeOf();
    exchange.market(thin);
    exchange.place(orderOf({ quantity: 2 }), T0);
    const { order } = exchange.place(orderOf({ side: 'SELL', quantity: 5, reduceOnly: true }), T0);
    assert.equal(order.status, 'FILLED');
    assert.equal(order.quantity, 2);
    assert.equal(order.quantityExecuted, 2);
    assert.deepEqual(exchange.state(T0).positions, []);
  });

  it('is rejected when it would open or add', () => {
    const exchange = exchangeOf();
    exchange.market(thin);
    assert.equal(exchange.place(orderOf({ reduceOnly: true }), T0).order.reason, 'REDUCE_ONLY');
    exchange.place(orderOf(), T0);
    assert.equal(exchange.place(orderOf({ reduceOnly: true }), T0).order.reason, 'REDUCE_ONLY');
  });
});

describe('netting', () => {
  it('keeps the quantity-weighted entry, and a flip closes, then opens', () => {
    const exchange = exchangeOf();
    exchange.market(book([[1999, 100]], [[2001, 100]]));
    exchange.place(orderOf({ quantity: 1 }), T0);
    exchange.market(book([[2009, 100]], [[2011, 100]], T0 + 1));
    exchange.place(orderOf({ quantity: 3 }), T0 + 1);
    assert.equal(exchange.state(T0 + 1).positions[0]?.entryPrice, (2001 + 3 * 2011) / 4);
    exchange.place(orderOf({ side: 'SELL', quantity: 6 }), T0 + 1);
    const state = exchange.state(T0 + 1);
    assert.deepEqual(state.positions, [
      { symbol: 'ETHUSDT', side: 'SHORT', quantity: 2, entryPrice: 2009, leverage: 10 },
    ]);
    assert.ok(Math.abs(state.walletBalance - (10_000 + 4 * (2009 - 2008.5))) < 1e-9);
  });
});

describe('admission', () => {
  it('asks for margin of notional / leverage, passing when it is just enough', () => {
    const enough = exchangeOf({ balance: 2001 / 5 });
    enough.market(thin);
    assert.equal(enough.place(orderOf({ leverage: 5 }), T0).order.status, 'FILLED');
    const short = exchangeOf({ balance: 2001 / 5 - 0.01 });
    short.market(thin);
    assert.equal(short.place(orderOf({ leverage: 5 }), T0).order.reason, 'MARGIN');
  });

  it('reserves margin for resting entries but not for reductions', () => {
    const exchange = exchangeOf({ balance: 500 });
    exchange.market(thin);
    exchange.place(orderOf({ type: 'LIMIT', price: 1900, quantity: 2 }), T0);
    assert.equal(exchange.place(orderOf(), T0).order.reason, 'MARGIN');
    assert.equal(exchange.place(orderOf({ quantity: 0.5 }), T0).order.status, 'FILLED');
    assert.equal(
      exchange.place(
        orderOf({ type: 'STOP_MARKET', side: 'SELL', stopPrice: 1500, quantity: 0.5, reduceOnly: true }),
        T0,
      ).order.status,
      'NEW',
    );
  });

  it('refuses sizes under the minimum of the symbol, but a close of the whole position at any size', () => {
    const exchange = exchangeOf();
    exchange.market(listing());
    exchange.market(thin);
    assert.equal(exchange.place(orderOf({ quantity: 0.0009 }), T0).order.reason, 'MIN_SIZE');
    assert.equal(exchange.place(orderOf({ quantity: 0.002 }), T0).order.reason, 'MIN_SIZE');
    exchange.account(
      accountEvent({
        eventType: 'position',
        options: { positions: [{ symbol: 'ETHUSDT', side: 'LONG', quantity: 0.0005, entryPrice: 2000 }] },
      }),
    );
    const close = orderOf({ side: 'SELL', quantity: 0.0005, reduceOnly: true });
    assert.equal(exchange.place(close, T0).order.status, 'FILLED');
  });

  it('refuses symbols that are not listed, once a list was given', () => {
    const exchange = exchangeOf();
    exchange.market(listing());
    exchange.market(mark(1, T0, 'ABCUSDT'));
    const { order } = exchange.place(orderOf({ symbol: { name: 'ABCUSDT' }, quantity: 100 }), T0);
    assert.equal(order.reason, 'UNKNOWN');
    assert.match(order.reasonText ?? '', /ABCUSDT is not listed/);
  });

  it('names what is wrong with a malformed order', () => {
    const exchange = exchangeOf();
    exchange.market(thin);
    for (const terms of [
      { quantity: Number.NaN },
      { quantity: 0 },
      { type: 'LIMIT' },
      { type: 'STOP_MARKET' },
      { type: 'ICEBERG' },
      { leverage: 0 },
    ]) {
      const { order } = exchange.place(orderOf(terms), T0);
      assert.equal(order.status, 'REJECTED', JSON.stringify(terms));
      assert.equal(order.reason, 'UNKNOWN');
    }
  });

  it('answers the first order to the same id and body, DUPLICATE to another body', () => {
    const exchange = exchangeOf();
    exchange.market(thin);
    const order = orderOf();
    const first = exchange.place(order, T0);
    const again = exchange.place({ ...order, epoch: 7 }, T0 + 1);
    assert.deepEqual(again, { order: first.order, events: [], timedOut: false });
    const other = exchange.place({ ...order, quantity: 2 }, T0 + 2);
    assert.equal(other.order.reason, 'DUPLICATE');
    assert.deepEqual(other.events, []);
    assert.equal(exchange.state(T0 + 2).positions[0]?.quantity, 1);
  });

  it('forgets a client id 24 h after its order ended', () => {
    const exchange = exchangeOf();
    exchange.market(thin);
    const order = orderOf();
    exchange.place(order, T0);
    const day = 24 * 60 * 60 * 1000;
    exchange.place(orderOf(), T0 + day - 1);
    assert.notEqual(exchange.lookup(order.clientOrderId), null);
    exchange.place(orderOf(), T0 + day);
    assert.equal(exchange.lookup(order.clientOrderId), null);
  });
});

describe('account events of the venue itself', () => {
  it('set wallet and positions; a snapshot lists them all', () => {
    const exchange = exchangeOf();
    exchange.start({
      walletBalance: 500,
      positions: [{ symbol: 'ETHUSDT', side: 'SHORT', quantity: 1, entryPrice: 2000, leverage: 4 }],
    });
    exchange.market(mark(1990));
    assert.deepEqual(exchange.state(T0), {
      time: T0,
      walletBalance: 500,
      availableBalance: 510 - 1990 / 4,
      marginRatio: (1990 * 0.5) / 100 / 510,
      positions: [{ symbol: 'ETHUSDT', side: 'SHORT', quantity: 1, entryPrice: 2000, leverage: 4 }],
      orders: [],
    });
    exchange.account(accountEvent({ eventType: 'transfer', options: { amount: 100 } }));
    assert.equal(exchange.state(T0).walletBalance, 600);
    exchange.account(accountEvent({ eventType: 'snapshot', options: { walletBalance: 700, positions: [] } }));
    assert.deepEqual(exchange.state(T0).positions, []);
    assert.equal(exchange.state(T0).walletBalance, 700);
  });

  it('are ignored when they are of another connector or account', () => {
    const exchange = exchangeOf();
    const event = accountEvent({ eventType: 'balance', accountId: 'other', options: { walletBalance: 1 } });
    exchange.account(event);
    exchange.market({ ...book([[1, 1]], [[2, 1]]), payload: { ...thin.payload, marketType: 'spot' } } as typeof thin);
    assert.equal(exchange.state(T0).walletBalance, 10_000);
    assert.equal(exchange.place(orderOf(), T0).order.reason, 'UNKNOWN');
  });
});

describe('snapshot and restore', () => {
  it('go on where the exchange stopped, through JSON', () => {
    const exchange = exchangeOf({ takerFeePercent: 0.05 });
    exchange.market(thin);
    exchange.market(mark(2000));
    exchange.setLeverage('ETHUSDT', 7);
    const entry = orderOf({ quantity: 2 });
    exchange.place(entry, T0);
    const stop = orderOf({ side: 'SELL', type: 'STOP_MARKET', stopPrice: 1990, quantity: 2, reduceOnly: true });
    exchange.place(stop, T0);
    const restored = exchangeOf({ takerFeePercent: 0.05 });
    restored.restore(JSON.parse(JSON.stringify(exchange.snapshot())));
    assert.deepEqual(restored.state(T0), exchange.state(T0));
    assert.equal(restored.leverageOf('ETHUSDT'), 7);
    assert.deepEqual(restored.place(entry, T0 + 1), exchange.place(entry, T0 + 1));
    for (const each of [restored, exchange]) each.market(thin);
    assert.deepEqual(restored.market(mark(1980, T0 + 2)), exchange.market(mark(1980, T0 + 2)));
  });
});
