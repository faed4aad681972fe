import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Envelope, Order } from '@inspector/contract';
import fc from 'fast-check';
import type { PaperExchange } from './exchange.ts';
import type { OrderFault } from './faults.ts';
import { book, exchangeOf, mark, orderOf, T0, trade } from './testing.ts';

type Act =
  | { kind: 'mark' | 'trade'; price: number }
  | { kind: 'book'; mid: number; volume: number }
  | { kind: 'place'; terms: Partial<Order> }
  | { kind: 'again' | 'cancel'; which: number };

const price = fc.integer({ min: 9000, max: 11000 }).map((ticks) => ticks / 10);
const quantity = fc.integer({ min: 1, max: 5000 }).map((steps) => steps / 1000);

const terms: fc.Arbitrary<Partial<Order>> = fc.record({
  side: fc.constantFrom<Order['side']>('BUY', 'SELL'),
  type: fc.constantFrom('MARKET', 'LIMIT', 'STOP_MARKET', 'TAKE_PROFIT_MARKET'),
  quantity,
  price,
  stopPrice: price,
  triggerBy: fc.constantFrom<'mark' | 'trade'>('mark', 'trade'),
  reduceOnly: fc.boolean(),
});

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constantFrom<'mark' | 'trade'>('mark', 'trade'), price }),
  fc.record({ kind: fc.constant('book' as const), mid: price, volume: quantity }),
  { arbitrary: fc.record({ kind: fc.constant('place' as const), terms }), weight: 2 },
  fc.record({ kind: fc.constantFrom<'again' | 'cancel'>('again', 'cancel'), which: fc.nat() }),
);

const fault: fc.Arbitrary<OrderFault> = fc.oneof(
  fc.record({ kind: fc.constant('partial' as const), fraction: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ kind: fc.constant('delay' as const), ms: fc.integer({ min: 0, max: 5 }) }),
  fc.constant({ kind: 'never-works' as const }),
  fc.constant({ kind: 'timeout' as const }),
  fc.constant({ kind: 'lost-request' as const }),
);
const faults = fc.array(
  fault.chain((each) => fc.nat({ max: 3 }).map((times) => ({ ...each, times }))),
  { maxLength: 3 },
);

interface Fill {
  order: Order;
  signed: number;
  price: number;
  fee: number;
}

/** Reads single fills out of cumulative order events, as an account's own bookkeeping would. */
function fillsReader(): (events: readonly Envelope[]) => Fill[] {
  const seen = new Map<string, Order>();
  return (events) => {
    const fills: Fill[] = [];
    for (const event of events) {
      if (event.type !== 'PROVIDER_ORDER_CREATE') continue;
      const order = event.payload as Order;
      const before = seen.get(order.clientOrderId);
      const quantity = order.quantityExecuted - (before?.quantityExecuted ?? 0);
      seen.set(order.clientOrderId, order);
      if (quantity <= 0) continue;
      const cost =
        order.priceExecuted * order.quantityExecuted - (before ? before.priceExecuted * before.quantityExecuted : 0);
      const signed = order.side === 'BUY' ? quantity : -quantity;
      fills.push({ order, signed, price: cost / quantity, fee: (order.fee ?? 0) - (before?.fee ?? 0) });
    }
    return fills;
  };
}

function play(exchange: PaperExchange, acts: readonly Act[], check: (events: Envelope[]) => void): void {
  const placed: Order[] = [];
  acts.forEach((each, index) => {
    const now = T0 + index;
    if (each.kind === 'mark') check(exchange.market(mark(each.price, now)));
    else if (each.kind === 'trade') check(exchange.market(trade(each.price, now)));
    else if (each.kind === 'book') {
      const { mid, volume } = each;
      check(exchange.market(book([[mid - 0.1, volume]], [[mid + 0.1, volume]], now)));
    } else if (each.kind === 'place') {
      const order = orderOf({ ...each.terms, clientOrderId: `c${placed.length}` });
      placed.push(order);
      check(exchange.place(order, now).events);
    } else if ('which' in each && placed.length > 0) {
      const order = placed[each.which % placed.length]!;
      check(
        each.kind === 'again' ? exchange.place(order, now).events : exchange.cancel(order.clientOrderId, now).events,
      );
    }
  });
}

const signedPosition = (exchange: PaperExchange): number => {
  const [position] = exchange.state(T0).positions;
  return position ? (position.side === 'LONG' ? position.quantity : -position.quantity) : 0;
};

const isNear = (a: number, b: number, scale: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, scale);

describe('the paper venue, whatever is done to it', () => {
  it('creates and destroys no money: wallet and position value move by price and fees alone', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 10, maxLength: 80 }), faults, price, (acts, orders, at) => {
        const exchange = exchangeOf({ takerFeePercent: 0.05, makerFeePercent: 0.02, faults: { orders } });
        const read = fillsReader();
        let expected = 10_000;
        let turnover = 10_000;
        play(exchange, acts, (events) => {
          for (const fill of read(events)) {
            expected += fill.signed * (at - fill.price) - fill.fee;
            turnover += Math.abs(fill.signed) * fill.price;
          }
          const { walletBalance, positions } = exchange.state(T0);
          const [position] = positions;
          const unrealized = position ? signedPosition(exchange) * (at - position.entryPrice) : 0;
          assert.ok(isNear(walletBalance + unrealized, expected, turnover));
        });
      }),
      { numRuns: 300 },
    );
  });

  it('never opens, adds or flips by a reduce-only order', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 10, maxLength: 80 }), faults, (acts, orders) => {
        const exchange = exchangeOf({ faults: { orders } });
        const read = fillsReader();
        let held = 0;
        play(exchange, acts, (events) => {
          for (const { order, signed } of read(events)) {
            if (order.reduceOnly) {
              assert.ok(held * signed < 0, `a reduce-only ${order.side} met ${held}`);
              assert.ok(Math.abs(signed) <= Math.abs(held) + 1e-9);
            }
            held = Math.abs(held + signed) < 1e-9 ? 0 : held + signed;
          }
          assert.ok(isNear(signedPosition(exchange), held, 1));
        });
      }),
      { numRuns: 300 },
    );
  });

  it('numbers its events without a hole, never goes back in an order, and ends each order once', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 10, maxLength: 80 }), faults, (acts, orders) => {
        const exchange = exchangeOf({ faults: { orders } });
        const ended = new Set<string>();
        const executed = new Map<string, number>();
        let seq = 0;
        play(exchange, acts, (events) => {
          for (const event of events) {
            assert.equal(event.seq, seq + 1);
            seq += 1;
            if (event.type !== 'PROVIDER_ORDER_CREATE' && event.type !== 'PROVIDER_ORDER_CLOSE') continue;
            const order = event.payload as Order;
            assert.ok(!ended.has(order.clientOrderId));
            assert.ok(order.quantityExecuted >= (executed.get(order.clientOrderId) ?? 0));
            assert.ok(order.quantityExecuted <= order.quantity * (1 + 1e-9));
            executed.set(order.clientOrderId, order.quantityExecuted);
            if (event.type === 'PROVIDER_ORDER_CLOSE') ended.add(order.clientOrderId);
          }
        });
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same events again for the same calls, also from a snapshot in the middle', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), fc.nat({ max: 40 }), (acts, cut) => {
        const whole: Envelope[] = [];
        play(exchangeOf(), acts, (events) => whole.push(...events));
        const twice: Envelope[] = [];
        play(exchangeOf(), acts, (events) => twice.push(...events));
        assert.deepEqual(twice, whole);
        const first = exchangeOf();
        play(first, acts.slice(0, cut), () => {});
        const second = exchangeOf();
        second.restore(JSON.parse(JSON.stringify(first.snapshot())));
        assert.deepEqual(second.state(T0).orders, first.state(T0).orders);
        assert.deepEqual(second.snapshot(), first.snapshot());
      }),
      { numRuns: 300 },
    );
  });
});
