import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinLeft, type LeftOrder, type LeftPosition, orderKind, orderPrices } from './left-in-scope.ts';

const position = (positionId: string) => ({ positionId }) as LeftPosition;
const order = (clientOrderId: string) => ({ clientOrderId }) as LeftOrder;

test('what two scopes both cover is listed once', () => {
  const left = joinLeft([
    { positions: [position('a')], orders: [order('1'), order('2')] },
    { positions: [position('a'), position('b')], orders: [order('2')] },
  ]);
  assert.deepEqual(
    [left.positions.map(({ positionId }) => positionId), left.orders.map(({ clientOrderId }) => clientOrderId)],
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  );
});

test('an order has its kind in words, and its price or trigger by its newest record', () => {
  assert.equal(orderKind('STOP_MARKET'), 'stop, at market');
  assert.equal(orderKind('TRAILING_STOP'), 'trailing stop');
  const prices = orderPrices([
    { data: { clientOrderId: 'stop', stopPrice: 59_700.1 } },
    { data: { clientOrderId: 'stop', stopPrice: 1 } },
    { data: { clientOrderId: 'limit', price: 61_000 } },
    { data: { clientOrderId: 'market' } },
  ]);
  assert.deepEqual(
    [...prices],
    [
      ['stop', 'triggers at 59,700.1'],
      ['limit', 'limit 61,000.0'],
    ],
  );
});
