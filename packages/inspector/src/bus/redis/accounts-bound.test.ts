import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountEvent, numbers, openBus, redisForTests, skip, until, upTo } from './testing.ts';

const server = await redisForTests();
const url = server?.url ?? '';
const STREAM = 'bus:acct:paper:futures';

async function fresh() {
  const bus = openBus({ url, accountStreamLimit: 10 });
  await bus.ready();
  await bus.connection.send(['FLUSHALL']);
  return bus;
}

test('an account stream that every group has acknowledged makes room by itself', { skip }, async () => {
  const bus = await fresh();
  const seen: number[] = [];
  for (const name of ['one', 'two']) {
    bus.subscribe({
      name,
      types: ['PROVIDER_ACCOUNT_EVENT'],
      handle: (events) => void (name === 'one' && seen.push(...numbers(events))),
    });
  }
  for (let number = 0; number < 35; number++) {
    await bus.publish('PROVIDER', accountEvent(number));
    await until(async () => seen.length === number + 1 && bus.statistics().delivered === 2 * (number + 1));
    await until(async () => (await pendingOf(bus, 'one')) + (await pendingOf(bus, 'two')) === 0);
  }
  assert.deepEqual(seen, upTo(35));
  assert.ok(Number(await bus.connection.send(['XLEN', STREAM])) <= 10);
});

async function pendingOf(bus: ReturnType<typeof openBus>, group: string): Promise<number> {
  const [pending] = (await bus.connection.send(['XPENDING', STREAM, group])) as [number];
  return pending;
}

test('a group that is behind fills it: the publisher is told its name, and nothing is lost', { skip }, async () => {
  const bus = await fresh();
  const gate = Promise.withResolvers<void>();
  const slow: number[] = [];
  const accounts = ['paper:futures']; // named, so that the groups are there before the first event
  bus.subscribe({ name: 'quick', types: ['PROVIDER_ACCOUNT_EVENT'], accounts, handle: () => {} });
  bus.subscribe({
    name: 'behind',
    types: ['PROVIDER_ACCOUNT_EVENT'],
    accounts,
    async handle(events) {
      await gate.promise;
      slow.push(...numbers(events));
    },
  });
  for (let number = 0; number < 10; number++) await bus.publish('PROVIDER', accountEvent(number));
  await assert.rejects(bus.publish('PROVIDER', accountEvent(10)), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'BUS_FULL');
    assert.match(error.message, /behind/);
    return true;
  });
  assert.equal(await bus.connection.send(['XLEN', STREAM]), 10);
  gate.resolve();
  await until(() => slow.length === 10);
  await until(async () => (await pendingOf(bus, 'behind')) === 0);
  await bus.publish('PROVIDER', accountEvent(10));
  await until(() => slow.length === 11);
  assert.deepEqual(slow, upTo(11));
});

test('a group that nobody reads any more does not hold it', { skip }, async () => {
  const bus = await fresh();
  await bus.publish('PROVIDER', accountEvent(0));
  await bus.connection.send(['XGROUP', 'CREATE', STREAM, 'forgotten', '0']);
  for (let number = 1; number < 40; number++) await bus.publish('PROVIDER', accountEvent(number));
  assert.equal(Number(await bus.connection.send(['XLEN', STREAM])) <= 10, true);
});

test('a slow subscription leaves account events in Redis past its queue, and gets them all', { skip }, async () => {
  const bus = openBus({ url, queueLimit: 8, batchLimit: 4 });
  await bus.ready();
  await bus.connection.send(['FLUSHALL']);
  const gate = Promise.withResolvers<void>();
  const seen: number[] = [];
  const subscription = bus.subscribe({
    name: 'slow',
    types: ['PROVIDER_ACCOUNT_EVENT'],
    async handle(events) {
      await gate.promise;
      seen.push(...numbers(events));
    },
  });
  for (let number = 0; number < 100; number++) await bus.publish('PROVIDER', accountEvent(number));
  await until(() => subscription.queued === 8);
  assert.equal(subscription.shed, 0);
  gate.resolve();
  await until(() => seen.length === 100);
  assert.deepEqual(seen, upTo(100));
});
