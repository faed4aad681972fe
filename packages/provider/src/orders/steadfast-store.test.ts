import assert from 'node:assert/strict';
import test from 'node:test';
import type { Order } from '@inspector/contract';
import { openDatabase } from '#storage/database.ts';
import { newOrder } from '#testing/provider-for-test.ts';
import { openOrderStore } from './order-store.ts';
import { steadfastStore } from './steadfast-store.ts';

const order = (clientOrderId: string, fields: Partial<Order> = {}) =>
  ({
    ...newOrder({ clientOrderId }),
    id: clientOrderId,
    externalId: `x-${clientOrderId}`,
    quantityExecuted: 0,
    status: 'NEW',
    ...fields,
  }) as Order;

test('orders and epochs are remembered while the disk takes nothing, and written when it does again', () => {
  const database = openDatabase(':memory:');
  const disk = openOrderStore(database);
  const troubles: unknown[] = [];
  const store = steadfastStore(disk, (error) => troubles.push(error));
  store.put(order('before'), 'body', 1);
  database.exec('PRAGMA query_only = ON');
  store.put(order('during'), 'body', 2);
  store.put(order('during', { status: 'PARTIALLY_FILLED', quantityExecuted: 0.001 }), 'body', 3);
  store.update({ clientOrderId: 'during', status: 'FILLED', quantityExecuted: 0.01 });
  store.update({ externalId: 'x-before', status: 'FILLED', quantityExecuted: 0.01 });
  store.raiseEpoch('inspector', 7);
  assert.equal(store.byClientOrderId('during')?.order.status, 'FILLED');
  assert.equal(store.byAnyId('x-during')?.firstAt, 2);
  assert.equal(store.highestEpoch('inspector'), 7);
  assert.equal(disk.byClientOrderId('during'), undefined);
  assert.equal(troubles.length, 1);
  database.exec('PRAGMA query_only = OFF');
  store.put(order('after'), 'body', 4);
  assert.equal(disk.byClientOrderId('during')?.order.status, 'FILLED');
  assert.equal(disk.byClientOrderId('during')?.firstAt, 2);
  assert.equal(disk.byClientOrderId('after')?.body, 'body');
});
