import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Envelope } from '@inspector/contract';
import { createPriceStore } from './price-store.ts';

const KEY = 'paper:futures:BTCUSDT';

const prices = (value: number, moment: number, mark?: boolean): Envelope<'PROVIDER_SYMBOL_PRICES'> => ({
  eventId: `e${moment}`,
  type: 'PROVIDER_SYMBOL_PRICES',
  source: 'PROVIDER',
  timestamp: moment,
  payload: {
    connectorType: 'paper',
    marketType: 'futures',
    prices: { BTCUSDT: { value, moment, ...(mark === undefined ? {} : { mark }) } },
  },
});

function storeByHand() {
  const due: (() => void)[] = [];
  const store = createPriceStore((run) => due.push(run));
  let notices = 0;
  store.subscribe(KEY, () => {
    notices += 1;
  });
  const show = () => {
    for (const run of due.splice(0)) run();
    return notices;
  };
  return { store, show };
}

test('only marks count, and an older one never replaces a newer', () => {
  const { store } = storeByHand();
  store.take(prices(10, 5, true));
  store.take(prices(11, 6, false));
  store.take(prices(12, 6));
  store.take(prices(9, 4, true));
  assert.deepEqual(store.get(KEY), { price: 10, ts: 5 });
});

test('a burst is one notice with the last price', () => {
  const { store, show } = storeByHand();
  for (let moment = 1; moment <= 30; moment += 1) store.take(prices(100 + moment, moment, true));
  assert.equal(show(), 1);
  assert.equal(store.get(KEY)?.price, 130);
});

test('after an interruption no price is called live until one comes', () => {
  const { store, show } = storeByHand();
  store.take(prices(10, 5, true));
  show();
  store.clear();
  assert.equal(store.get(KEY), undefined);
  assert.equal(show(), 2, 'who showed it hears of it');
  store.take(prices(8, 3, true));
  assert.equal(store.get(KEY)?.price, 8);
});
