import assert from 'node:assert/strict';
import test from 'node:test';
import type { Order } from '@inspector/contract';
import { openDatabase } from '#storage/database.ts';
import { newOrder } from '#testing/provider-for-test.ts';
import { createOrderMemory } from './order-memory.ts';
import { openOrderStore } from './order-store.ts';

const entry = (clientOrderId: string, firstAt: number, fields: Partial<Order> = {}) => ({
  order: {
    ...newOrder({ clientOrderId }),
    id: clientOrderId,
    externalId: `x-${clientOrderId}`,
    quantityExecuted: 0,
    status: 'NEW',
    ...fields,
  } as Order,
  body: 'body',
  firstAt,
});

test('what is new is known at once and on disk after a flush', () => {
  const database = openDatabase(':memory:');
  const disk = openOrderStore(database);
  const memory = createOrderMemory(disk, { onTrouble: assert.fail, now: () => 10 });
  memory.put(entry('a', 1));
  memory.update({ externalId: 'x-a', status: 'FILLED', quantityExecuted: 0.01 });
  assert.equal(memory.byAnyId('x-a')?.order.status, 'FILLED');
  assert.equal(disk.byClientOrderId('a'), undefined);
  assert.ok(memory.flush());
  assert.deepEqual(disk.byClientOrderId('a'), memory.byClientOrderId('a'));
  memory.update({ clientOrderId: 'a', status: 'NEW' });
  assert.equal(memory.byClientOrderId('a')?.order.status, 'FILLED');
  assert.equal(memory.recent({ connectorType: 'paper', marketType: 'futures' }, 5).length, 1);
});

test('orders and epochs are remembered while the disk takes nothing, and written when it does again', () => {
  const database = openDatabase(':memory:');
  const disk = openOrderStore(database);
  const troubles: unknown[] = [];
  const memory = createOrderMemory(disk, { onTrouble: (error) => troubles.push(error), now: () => 10 });
  memory.put(entry('before', 1));
  memory.flush();
  database.exec('PRAGMA query_only = ON');
  memory.put(entry('during', 2));
  memory.update({ clientOrderId: 'during', status: 'FILLED', quantityExecuted: 0.01 });
  memory.update({ externalId: 'x-before', status: 'CANCELED' });
  memory.raiseEpoch('inspector', 7);
  assert.equal(memory.flush(), false);
  assert.equal(memory.flush(), false);
  assert.equal(memory.byClientOrderId('during')?.order.status, 'FILLED');
  assert.equal(memory.byAnyId('x-before')?.order.status, 'CANCELED');
  assert.equal(memory.highestEpoch('inspector'), 7);
  assert.equal(troubles.length, 1);
  database.exec('PRAGMA query_only = OFF');
  assert.equal(memory.flush(), true);
  assert.equal(disk.byClientOrderId('during')?.firstAt, 2);
  assert.equal(disk.byClientOrderId('before')?.order.status, 'CANCELED');
});
