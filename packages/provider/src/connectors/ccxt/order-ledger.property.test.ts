/** Whatever way the words of one order come, doubled and in any order, they say the same in the end, and each thing once. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Order } from '@inspector/contract';
import fc from 'fast-check';
import { createOrderLedger } from './order-ledger.ts';
import type { OrderWords } from './profiles/profile.ts';
import { orderOf, stopOf, T0, wordsOf } from './testing/order-for-test.ts';

interface Word {
  words: OrderWords;
  trade?: { tradeId: string; feeUsd: number };
}

/** What a venue says of one order in its life: its placing, its fills, its end. */
interface Life {
  order: Order;
  words: Word[];
}

const CLIENT_ID = 'client';
const QUANTITY = 1_000;
/** Steps of the quantity at which parts have filled. */
const fills = fc.uniqueArray(fc.integer({ min: 1, max: QUANTITY - 1 }), { maxLength: 5 });
const ending = fc.constantFrom('open', 'FILLED', 'CANCELED', 'EXPIRED');

/** The words of an order, in the order in which they happened. */
function wordsOfLife(parts: readonly number[], end: string, ids: Partial<OrderWords>): Word[] {
  const executed = parts.toSorted((a, b) => a - b);
  if (end === 'FILLED') executed.push(QUANTITY);
  const base = wordsOf({ quantity: QUANTITY, clientOrderId: CLIENT_ID, ...ids });
  const words: Word[] = [{ words: base }];
  executed.forEach((quantityExecuted, index) => {
    const status = quantityExecuted === QUANTITY ? 'FILLED' : 'PARTIALLY_FILLED';
    const progress = { status, quantityExecuted, priceExecuted: 100 + index, updateTime: T0 + index + 1 } as const;
    words.push({ words: { ...base, ...progress }, trade: { tradeId: String(index), feeUsd: 2 ** index } });
  });
  if (end === 'CANCELED' || end === 'EXPIRED') {
    const last = words.at(-1)!.words;
    words.push({ words: { ...last, status: end, updateTime: last.updateTime + 1 } });
  }
  return words;
}

const plainLife: fc.Arbitrary<Life> = fc.record({ parts: fills, end: ending }).map(({ parts, end }) => ({
  order: orderOf({ clientOrderId: CLIENT_ID, quantity: QUANTITY }),
  words: wordsOfLife(parts, end, { externalId: 'main' }),
}));

/** A stop, triggered: its fills are told of the order that it became, its end of both. */
const stopLife: fc.Arbitrary<Life> = fc.record({ parts: fills, end: ending }).map(({ parts, end }) => {
  const terms = { type: 'STOP_MARKET', side: 'SELL', externalId: 'algo' } as const;
  const triggered = { ...wordsOf({ quantity: QUANTITY, clientOrderId: CLIENT_ID, ...terms }), becomes: 'main' };
  const main = wordsOfLife(parts, end, { externalId: 'main', side: 'SELL', type: 'MARKET' });
  const last = main.at(-1)!.words;
  const { quantityExecuted, priceExecuted, status, updateTime } = last;
  const finished = { ...triggered, quantityExecuted, priceExecuted, status, updateTime };
  const order = stopOf({ clientOrderId: CLIENT_ID, quantity: QUANTITY });
  const ends = end === 'open' ? [] : [{ words: finished }];
  return { order, words: [{ words: { ...triggered, becomes: '' } }, { words: triggered }, ...main, ...ends] };
});

/** Each word at least once, some of them more often, in any order. */
const comings = fc.oneof(plainLife, stopLife).chain(({ order, words }) =>
  fc
    .array(fc.nat({ max: words.length - 1 }), { maxLength: 8 })
    .chain((doubled) => {
      const all = [...words.keys(), ...doubled];
      return fc.shuffledSubarray(all, { minLength: all.length });
    })
    .map((turns) => ({ order, words, turns })),
);

function told(order: Order, words: readonly Word[]) {
  const ledger = createOrderLedger({ connectorType: 'binance', marketType: 'futures' });
  ledger.sent(order);
  const news = words.flatMap((each) => ledger.told(each.words, each.trade) ?? []);
  const found = ledger.find({ clientOrderId: CLIENT_ID })!;
  const { status, quantityExecuted, priceExecuted, fee } = found;
  return { news, end: { status, quantityExecuted, priceExecuted, fee }, orders: [...ledger.all()].length };
}

it('the words of an order say the same in the end, whatever way they come', () => {
  fc.assert(
    fc.property(comings, ({ order, words, turns }) => {
      const straight = told(order, words);
      const mixed = told(
        order,
        turns.map((turn) => words[turn]!),
      );
      assert.deepEqual(mixed.end, straight.end);
      assert.equal(mixed.orders, 1);
    }),
    { numRuns: 500 },
  );
});

it('what an order filled is told once, growing, and its end once', () => {
  fc.assert(
    fc.property(comings, ({ order, words, turns }) => {
      const { news, end } = told(
        order,
        turns.map((turn) => words[turn]!),
      );
      const growths = news.map(({ quantityExecuted }) => quantityExecuted);
      assert.deepEqual(
        growths,
        growths.toSorted((a, b) => a - b),
      );
      const seen = new Set<string>();
      for (const { status, quantityExecuted } of news) {
        assert.ok(!seen.has(`${status} ${quantityExecuted}`), 'nothing is told twice');
        seen.add(`${status} ${quantityExecuted}`);
      }
      // Growth is what is booked: it adds up to the whole, never to more.
      let booked = 0;
      for (const { quantityExecuted } of news) booked += Math.max(0, quantityExecuted - booked);
      assert.equal(booked, end.quantityExecuted);
      const firstEnd = news.findIndex(({ status }) => isEnd(status));
      if (firstEnd >= 0) assert.ok(news.slice(firstEnd).every(({ status }) => status === end.status));
    }),
    { numRuns: 500 },
  );
});

const isEnd = (status: Order['status']): boolean => ['FILLED', 'CANCELED', 'EXPIRED', 'REJECTED'].includes(status);
