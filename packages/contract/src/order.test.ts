import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountKey, isFinalStatus, OrderSchema, orderStatuses, symbolKey } from '@inspector/contract';
import { Check } from 'typebox/value';

const order = {
  id: '1',
  clientOrderId: 'ins0abc',
  externalId: '',
  connectorType: 'paper',
  marketType: 'futures',
  symbol: { name: 'BTCUSDT' },
  side: 'SELL',
  type: 'STOP_MARKET',
  quantity: 1,
  stopPrice: 99,
  reduceOnly: true,
  quantityExecuted: 0,
  priceExecuted: 0,
  status: 'NEW',
  time: 1,
  updateTime: 1,
  source: { type: 'inspector', key: 'inspector' },
};

test('an order is judged by sides, types, states and finite numbers', () => {
  assert.ok(Check(OrderSchema, order));
  assert.ok(Check(OrderSchema, { ...order, type: 'TRAILING_STOP_MARKET' }), 'a type that only the venue knows');
  const bad: Record<string, unknown>[] = [
    { side: 'SHORT' },
    { type: 'market' },
    { status: 'DONE' },
    { quantity: -1 },
    { quantityExecuted: Number.NaN },
    { stopPrice: null },
    { leverage: 0 },
    { source: { type: 'person', key: 'x' } },
    { symbol: 'BTCUSDT' },
    { connectorType: 'pa:per' },
  ];
  for (const part of bad) assert.ok(!Check(OrderSchema, { ...order, ...part }), JSON.stringify(part));
});

test('filled, cancelled, rejected and expired orders are final; an unknown one is not', () => {
  assert.deepEqual(orderStatuses.filter(isFinalStatus), ['FILLED', 'CANCELED', 'REJECTED', 'EXPIRED']);
});

test('keys are joined by colons, the account only where there is one', () => {
  assert.equal(accountKey('paper', 'futures'), 'paper:futures');
  assert.equal(accountKey('paper', 'futures', ''), 'paper:futures');
  assert.equal(accountKey('binance', 'futures', 'sub1'), 'binance:futures:sub1');
  assert.equal(symbolKey('paper', 'futures', 'BTCUSDT'), 'paper:futures:BTCUSDT');
});
