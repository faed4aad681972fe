import assert from 'node:assert/strict';
import test from 'node:test';
import { type Envelope, eventTypes } from '@inspector/contract';
import { createMarketConflation, marketDataFor } from './market-conflation.ts';
import { defaultSubscription, subscribe } from './subscription.ts';

const place = { connectorType: 'paper', marketType: 'futures' };
const trade = (name: string, price: number) =>
  ({ type: 'PROVIDER_MARKETDATA_TRADE', payload: { ...place, symbol: { name }, price } }) as Envelope;
const prices = (values: Record<string, number>) =>
  ({
    type: 'PROVIDER_SYMBOL_PRICES',
    payload: {
      ...place,
      prices: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, moment: 1 }])),
    },
  }) as Envelope;
const payloads = (events: { envelope: Envelope }[]) => events.map(({ envelope }) => envelope.payload);

test('of a burst the latest of each symbol goes out, once', () => {
  const market = createMarketConflation();
  for (const envelope of [trade('BTCUSDT', 1), trade('ETHUSDT', 5), trade('BTCUSDT', 2)]) market.add(envelope);
  const taken = payloads(market.take()) as { symbol: { name: string }; price: number }[];
  assert.deepEqual(
    taken.map(({ symbol, price }) => [symbol.name, price]),
    [
      ['BTCUSDT', 2],
      ['ETHUSDT', 5],
    ],
  );
  assert.deepEqual(market.take(), []);
});

test('price maps are joined: a symbol that moved earlier in the burst is not lost', () => {
  const market = createMarketConflation();
  market.add(prices({ BTCUSDT: 1, ETHUSDT: 5 }));
  market.add(prices({ BTCUSDT: 2 }));
  assert.deepEqual(payloads(market.take()), [prices({ BTCUSDT: 2, ETHUSDT: 5 }).payload]);
  market.add(prices({ ETHUSDT: 6 }));
  assert.deepEqual(payloads(market.take()), [prices({ ETHUSDT: 6 }).payload]);
});

test('what changed since a tick is there with its latest value', () => {
  const market = createMarketConflation();
  market.add(trade('BTCUSDT', 1));
  market.take();
  const tick = market.tick();
  market.add(trade('ETHUSDT', 5));
  market.take();
  market.add(trade('ETHUSDT', 6));
  market.take();
  assert.deepEqual(payloads(market.since(tick)), [trade('ETHUSDT', 6).payload]);
});

test('past its limit the stream silent longest is forgotten', () => {
  const market = createMarketConflation(2);
  for (const envelope of [trade('A', 1), trade('B', 1), trade('A', 2), trade('C', 1)]) market.add(envelope);
  assert.deepEqual(payloads(market.since(0)), [trade('A', 2).payload, trade('C', 1).payload]);
});

test('of a price map a client sees only the symbols that it subscribed to', () => {
  const market = createMarketConflation();
  market.add(prices({ BTCUSDT: 1, ETHUSDT: 5 }));
  const [event] = market.take();
  assert.ok(event);
  const subscription = (symbols: string[]) =>
    subscribe(defaultSubscription(eventTypes), { types: ['PROVIDER_SYMBOL_PRICES'], symbols }, eventTypes);
  assert.deepEqual(marketDataFor(subscription(['ETHUSDT']), event)?.payload, prices({ ETHUSDT: 5 }).payload);
  assert.equal(marketDataFor(subscription(['SOLUSDT']), event), undefined);
  assert.equal(marketDataFor(defaultSubscription(eventTypes), event), undefined);
});
