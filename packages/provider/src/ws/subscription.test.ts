import assert from 'node:assert/strict';
import test from 'node:test';
import { eventTypes, marketEventTypes } from '@inspector/contract';
import { defaultSubscription, subscribe, subscriptionKey, unknownTypes, unsubscribe, wants } from './subscription.ts';

const fresh = defaultSubscription(eventTypes);
const btc = { name: 'BTCUSDT', key: 'paper:futures:BTCUSDT' };
const eth = { name: 'ETHUSDT', key: 'paper:futures:ETHUSDT' };
const trade = 'PROVIDER_MARKETDATA_TRADE';
const kill = 'INSPECTOR_RISK_KILL_SWITCH';
const outlier = 'INSPECTOR_DATA_OUTLIER_DETECTED';

test('a new connection wants every type but market data', () => {
  for (const type of eventTypes) {
    assert.equal(wants(fresh, type, btc), !(marketEventTypes as readonly string[]).includes(type), type);
  }
});

test('subscribing to market data adds it and keeps the rest', () => {
  const next = subscribe(fresh, { types: [trade], symbols: ['BTCUSDT'] }, eventTypes);
  assert.ok(wants(next, trade, btc));
  assert.ok(!wants(next, trade, eth));
  assert.ok(wants(next, kill, undefined));
  assert.ok(wants(next, outlier, eth));
});

test('naming other types narrows the default, then adds', () => {
  const once = subscribe(fresh, { types: [kill] }, eventTypes);
  assert.ok(wants(once, kill, undefined));
  assert.ok(!wants(once, outlier, btc));
  const twice = subscribe(once, { types: [outlier] }, eventTypes);
  assert.ok(wants(twice, kill, undefined));
  assert.ok(wants(twice, outlier, btc));
});

test('symbols alone narrow everything to them, market data included, but never an event about no symbol', () => {
  const next = subscribe(fresh, { symbols: ['paper:futures:BTCUSDT'] }, eventTypes);
  assert.ok(wants(next, trade, btc));
  assert.ok(wants(next, outlier, btc));
  assert.ok(!wants(next, outlier, eth));
  assert.ok(wants(next, kill, undefined));
});

test('a type may end in a star', () => {
  const next = subscribe(fresh, { types: ['INSPECTOR_*'] }, eventTypes);
  assert.ok(wants(next, outlier, btc));
  assert.ok(!wants(next, 'PROVIDER_ORDER_CREATE', btc));
  assert.deepEqual(unknownTypes({ types: ['INSPECTOR_*', 'NOPE_*', kill, 'X'] }, eventTypes), ['NOPE_*', 'X']);
});

test('unsubscribing takes out symbols of a type, a whole type, or all', () => {
  const one = unsubscribe(fresh, { types: [outlier], symbols: ['ETHUSDT'] }, eventTypes);
  assert.ok(wants(one, outlier, btc));
  assert.ok(!wants(one, outlier, eth));
  const back = subscribe(one, { types: [outlier], symbols: ['ETHUSDT'] }, eventTypes);
  assert.ok(wants(back, outlier, eth));
  assert.ok(!wants(unsubscribe(fresh, { types: [kill] }, eventTypes), kill, undefined));
  assert.equal(unsubscribe(fresh, {}, eventTypes).types.size, 0);
  const only = subscribe(fresh, { types: [trade], symbols: ['BTCUSDT'] }, eventTypes);
  assert.ok(!unsubscribe(only, { types: [trade], symbols: ['BTCUSDT'] }, eventTypes).types.has(trade));
});

test('clients that want the same share a key, in whatever order they said it', () => {
  const a = subscribe(fresh, { types: [trade, kill], symbols: ['BTCUSDT', 'ETHUSDT'] }, eventTypes);
  const b = subscribe(
    subscribe(fresh, { types: [kill], symbols: ['ETHUSDT', 'BTCUSDT'] }, eventTypes),
    { types: [trade], symbols: ['ETHUSDT', 'BTCUSDT'] },
    eventTypes,
  );
  assert.equal(subscriptionKey(a), subscriptionKey(b));
  assert.notEqual(subscriptionKey(a), subscriptionKey(fresh));
});
