import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderKind, orderLevel } from './order-words.ts';

test('an order is named by what it is for', () => {
  assert.deepEqual(['STOP_MARKET', 'TAKE_PROFIT_MARKET', 'LIMIT', 'MARKET', 'TRAILING_STOP_MARKET'].map(orderKind), [
    'Stop',
    'Target',
    'Limit',
    'Market',
    'Trailing stop market',
  ]);
});

test('it has its trigger, its limit or both, and one at market has neither', () => {
  assert.equal(orderLevel({ stopPrice: 59_700.1 }), 'triggers at 59,700.1');
  assert.equal(orderLevel({ price: 61_000.5 }), 'limit 61,000.5');
  assert.equal(orderLevel({ stopPrice: 1.25, price: 1.5 }), 'triggers at 1.2500, limit 1.5000');
  assert.equal(orderLevel({}), null);
});
