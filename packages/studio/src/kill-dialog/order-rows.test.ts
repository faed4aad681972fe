import assert from 'node:assert/strict';
import { test } from 'node:test';
import { positionSample } from '#data/testing/position-sample.ts';
import { orderRows } from './order-rows.ts';

const order = (clientOrderId: string, type: string) => ({
  accountKey: 'paper:futures',
  symbol: 'BTCUSDT',
  clientOrderId,
  side: 'SELL' as const,
  type,
  quantity: 0.5,
});

test('an order is named by what it is for, and has the level of the position that it protects', () => {
  const rows = orderRows(
    [order('s1', 'STOP_MARKET'), order('t1', 'TAKE_PROFIT_MARKET')],
    [positionSample({ stopLoss: 99.5, takeProfit: 102.5 })],
  );
  assert.deepEqual(
    rows.map(({ kind, price }) => [kind, price]),
    [
      ['Stop', 99.5],
      ['Target', 102.5],
    ],
  );
  assert.deepEqual(rows[0], {
    clientOrderId: 's1',
    symbol: 'BTCUSDT',
    side: 'SELL',
    kind: 'Stop',
    quantity: 0.5,
    price: 99.5,
  });
});

test('a price that is not known is null, also where a position has no orders', () => {
  const { protection } = positionSample();
  const naked = positionSample({ protection: { ...protection, stopOrderId: null, takeProfitOrderId: null } });
  const rows = orderRows(
    [order('e1', 'LIMIT'), order('e2', 'MARKET'), order('s9', 'STOP_MARKET'), order('x1', 'TRAILING_STOP_MARKET')],
    [naked],
  );
  assert.deepEqual(
    rows.map(({ kind, price }) => [kind, price]),
    [
      ['Limit', null],
      ['Market', null],
      ['Stop', null],
      ['Trailing stop market', null],
    ],
  );
});
