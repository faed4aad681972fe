import assert from 'node:assert/strict';
import { test } from 'node:test';
import { probe } from '../probe.ts';
import { orderOf, stopOf } from '../testing/order-for-test.ts';
import type { Venue } from '../venue.ts';
import { VenueTrouble } from '../venue-calls.ts';
import { otherVenue } from './other.ts';
import { type OfflineVenue, offlineVenue } from './testing/offline-venue.ts';

const profile = otherVenue('someone', 'futures');

/** A venue for which ccxt lists only some kinds of conditional orders. */
async function venueThatLists(createOrder: object): Promise<OfflineVenue> {
  const offline = await offlineVenue('bybit', 'futures', {
    symbol: 'BTCUSDT',
    answers: { '/v5/order/create': { retCode: 0, result: { orderId: '1' } } },
  });
  offline.venue.features = { swap: { linear: { createOrder } } };
  return offline;
}

const isRefused = (error: unknown): boolean => error instanceof VenueTrouble && error.trouble.meaning === 'refused';
const target = stopOf({ type: 'TAKE_PROFIT_MARKET', stopPrice: 70_000 });

test('a stop that ccxt does not list is never sent: it would be a market order', async () => {
  const { venue, place, sent } = await venueThatLists({ triggerPrice: true, stopLossPrice: false });
  const stops = probe(venue, profile, { isHedged: false }).find(({ name }) => name === 'stop-orders');
  assert.equal(stops?.can, false, 'and the account is refused');
  await assert.rejects(place(stopOf()), isRefused);
  await assert.rejects(place(target), isRefused);
  assert.deepEqual(sent(), []);
  assert.equal((await place(orderOf())).length, 1);
});

test('stops without targets: the one is sent, the other is left to be watched', async () => {
  const { venue, place } = await venueThatLists({ stopLossPrice: true, takeProfitPrice: false });
  const can = new Map(probe(venue, profile, { isHedged: false }).map(({ name, can }) => [name, can]));
  assert.deepEqual([can.get('stop-orders'), can.get('target-orders')], [true, false]);
  assert.equal((await place(stopOf())).length, 1);
  await assert.rejects(place(target), isRefused);
});

const listing = (trigger: boolean | undefined, asked: unknown[]): Venue =>
  ({
    features: { swap: { linear: { fetchOpenOrders: { trigger } } } },
    fetchOpenOrders: async (_symbol: string, _since: undefined, _limit: undefined, book: { trigger?: boolean }) => {
      asked.push(book);
      return book.trigger === true ? [{ id: '2' }, { id: '1' }] : [{ id: '1' }];
    },
  }) as unknown as Venue;

test('conditional orders are asked for where they are in a list of their own, and each is shown once', async () => {
  const asked: unknown[] = [];
  const shown = await profile.fetchOpenOrders!(listing(true, asked), 'BTC/USDT:USDT');
  assert.deepEqual(shown.map(({ id }) => id).sort(), ['1', '2']);
  assert.deepEqual(asked, [{}, { trigger: true }]);
  asked.length = 0;
  await profile.fetchOpenOrders!(listing(undefined, asked), undefined);
  assert.deepEqual(asked, [{}]);
});

test('an answer that is of another order proves nothing', async () => {
  const answering = (shown: object) => ({ fetchOrder: async () => shown }) as unknown as Venue;
  const question = { symbol: 'X', clientOrderId: 'ins0', externalId: '', isConditional: false };
  const named = await profile.fetchOrder!(answering({ id: '9', clientOrderId: 'ins0' }), question);
  assert.equal(named.id, '9');
  await assert.rejects(
    profile.fetchOrder!(answering({ id: '9', clientOrderId: 'another' }), question),
    /another order/,
  );
  const known = { ...question, externalId: '9' };
  assert.equal((await profile.fetchOrder!(answering({ id: '9' }), known)).id, '9');
  await assert.rejects(profile.fetchOrder!(answering({ id: '8' }), known), /another order/);
});
