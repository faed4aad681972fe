import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PaperFaults } from './faults.ts';
import { book, exchangeOf, listing, mark, orderOf, T0, wordsOf } from './testing.ts';

const opened = (faults: PaperFaults) => {
  const exchange = exchangeOf();
  exchange.market(listing());
  exchange.market(book([[1999, 100]], [[2001, 100]]));
  exchange.market(mark(2000));
  exchange.place(orderOf({ quantity: 3 }), T0);
  exchange.setFaults(faults);
  return exchange;
};
const stopOf = () => orderOf({ side: 'SELL', type: 'STOP_MARKET', stopPrice: 1990, quantity: 3, reduceOnly: true });

describe('a fault of the paper venue', () => {
  it('rejects by purpose, as many times as told', () => {
    const exchange = opened({
      orders: [{ kind: 'reject', purpose: 'STOP', reason: 'MARGIN', reasonText: 'no', times: 2 }],
    });
    assert.equal(exchange.place(orderOf(), T0).order.status, 'FILLED');
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const { order } = exchange.place(stopOf(), T0);
      assert.deepEqual([order.status, order.reason, order.reasonText], ['REJECTED', 'MARGIN', 'no']);
    }
    assert.equal(exchange.place(stopOf(), T0).order.status, 'NEW');
  });

  it('delays until the order is due, which is then its time', () => {
    const exchange = opened({ orders: [{ kind: 'delay', ms: 500 }] });
    const { order, events } = exchange.place(orderOf(), T0);
    assert.deepEqual([order.status, events], ['NEW', []]);
    assert.equal(exchange.lookup(order.clientOrderId), null);
    assert.equal(exchange.nextDue(), T0 + 500);
    assert.deepEqual(exchange.advance(T0 + 499), []);
    const late = exchange.advance(T0 + 900);
    assert.equal(late[0]?.timestamp, T0 + 500);
    assert.equal(exchange.nextDue(), Number.POSITIVE_INFINITY);
    assert.equal(exchange.lookup(order.clientOrderId)?.status, 'FILLED');
  });

  it('accepts an order that never works', () => {
    const exchange = opened({ orders: [{ kind: 'never-works', type: 'STOP_MARKET' }] });
    const stop = stopOf();
    const { order, events } = exchange.place(stop, T0);
    assert.deepEqual([order.status, events], ['NEW', []]);
    assert.deepEqual(exchange.state(T0).orders, []);
    assert.equal(exchange.lookup(stop.clientOrderId), null);
    assert.equal(exchange.cancel(stop.clientOrderId, T0).order, null);
    assert.deepEqual(exchange.market(mark(1900, T0 + 1)), []);
  });

  it('shows a stop that never fires', () => {
    const exchange = opened({ orders: [{ kind: 'never-fires', purpose: 'STOP' }] });
    assert.deepEqual(wordsOf(exchange.place(stopOf(), T0).events), ['PROVIDER_ORDER_CREATE NEW']);
    assert.deepEqual(exchange.market(mark(1900, T0 + 1)), []);
    assert.equal(exchange.state(T0 + 1).orders.length, 1);
  });

  it('fills in part first, the rest at the next market event, never before', () => {
    const exchange = opened({ orders: [{ kind: 'partial', fraction: 0.5 }] });
    const { order, events } = exchange.place(orderOf({ quantity: 0.003 }), T0);
    assert.deepEqual(wordsOf(events), ['PROVIDER_ORDER_CREATE PARTIALLY_FILLED', 'PROVIDER_ACCOUNT_EVENT position']);
    assert.equal(order.quantityExecuted, 0.001);
    const rest = exchange.market(book([[2009, 100]], [[2010, 100]], T0 + 1));
    assert.deepEqual(wordsOf(rest).slice(0, 2), ['PROVIDER_ORDER_CREATE FILLED', 'PROVIDER_ORDER_CLOSE FILLED']);
    const filled = exchange.lookup(order.clientOrderId);
    assert.equal(filled?.quantityExecuted, 0.003);
    assert.ok(Math.abs(filled.priceExecuted - 2007) < 1e-9);
  });

  it('fills a triggered stop in part, the rest at the next event', () => {
    const exchange = opened({ orders: [{ kind: 'partial', purpose: 'STOP', fraction: 0.5, times: 1 }] });
    exchange.place(stopOf(), T0);
    exchange.market(mark(1990, T0 + 1));
    assert.equal(exchange.state(T0 + 1).positions[0]?.quantity, 1.5);
    exchange.market(mark(1995, T0 + 2));
    assert.deepEqual(exchange.state(T0 + 2).positions, []);
  });

  it('times out after the order was placed, or before it arrived', () => {
    const after = opened({ orders: [{ kind: 'timeout', times: 1 }] });
    const order = orderOf();
    assert.equal(after.place(order, T0).timedOut, true);
    assert.equal(after.lookup(order.clientOrderId)?.status, 'FILLED');
    assert.equal(after.place(order, T0 + 1).timedOut, false);
    const before = opened({ orders: [{ kind: 'lost-request', times: 1 }] });
    assert.equal(before.place(order, T0).timedOut, true);
    assert.equal(before.lookup(order.clientOrderId), null);
    assert.equal(before.place(order, T0 + 1).order.status, 'FILLED');
  });

  it('refuses a cancel', () => {
    const exchange = opened({ orders: [{ kind: 'refuse-cancel', times: 1 }] });
    const stop = stopOf();
    exchange.place(stop, T0);
    assert.equal(exchange.cancel(stop.clientOrderId, T0).order?.status, 'NEW');
    assert.equal(exchange.cancel(stop.clientOrderId, T0).order?.status, 'CANCELED');
  });

  it('sends events twice or never; a number that is gone stays gone', () => {
    const twice = opened({ events: [{ kind: 'duplicate', eventType: 'PROVIDER_ACCOUNT_EVENT', times: 1 }] });
    const doubled = twice.place(orderOf(), T0).events;
    assert.deepEqual(
      doubled.map((event) => event.seq),
      [4, 5, 6, 6],
    );
    assert.equal(doubled[2]?.eventId, doubled[3]?.eventId);
    const dropped = opened({ events: [{ kind: 'drop', eventType: 'PROVIDER_ORDER_CREATE', times: 1 }] });
    assert.deepEqual(
      dropped.place(orderOf(), T0).events.map((event) => event.seq),
      [5, 6],
    );
  });
});
