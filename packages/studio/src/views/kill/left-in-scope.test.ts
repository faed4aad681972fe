import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinLeft, type LeftOrder, type LeftPosition } from './left-in-scope.ts';

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
