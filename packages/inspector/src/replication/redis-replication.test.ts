import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { redisMissing, startRedis } from '@inspector/servers';
import { openRedis, type RedisConnection } from '../redis/index.ts';
import { systemClock } from '../runner/clock.ts';
import type { Frame } from './frame.ts';
import { createFrameReader } from './frame-reader.ts';
import { replicationKeys } from './keys.ts';
import { createLease, type Lease } from './lease.ts';
import { createRedisReplica } from './redis-replica.ts';

const skip = redisMissing() ?? false;
const quiet = { info() {}, warn() {}, error() {} };
const keys = replicationKeys('alpha');

async function connected(t: TestContext): Promise<RedisConnection> {
  const server = await startRedis();
  if (server === undefined) throw new Error(redisMissing());
  const connection = openRedis({ url: server.url, name: 'test', log: quiet });
  t.after(async () => {
    await connection.close();
    await server.stop();
  });
  await connection.ready();
  return connection;
}

function leaseOf(connection: RedisConnection, holder: string, leaseMs = 60_000): Lease {
  return createLease({
    connection,
    keys,
    holder,
    url: () => `http://${holder}`,
    leaseMs,
    clock: systemClock,
    log: quiet,
  });
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `did not come true: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('a lease is given to one, who is told to the other, with an epoch above every one before', { skip }, async (t) => {
  const connection = await connected(t);
  const [a, b] = [leaseOf(connection, 'a'), leaseOf(connection, 'b')];
  assert.equal(await b.look(), undefined);
  assert.deepEqual(await a.acquire(6), { epoch: 7 });
  assert.ok(a.isHeld());
  const refused = await b.acquire(20);
  assert.ok('heldBy' in refused);
  assert.deepEqual([refused.heldBy.holder, refused.heldBy.epoch, refused.heldBy.url], ['a', 7, 'http://a']);
  assert.equal(b.isHeld(), false);
  assert.equal((await b.look())?.holder, 'a');

  await a.release();
  assert.equal(a.isHeld(), false);
  assert.deepEqual(await b.acquire(0), { epoch: 8 });
});

test('a lease that is not renewed runs out, by its own clock and in Redis; one that is renewed does not', {
  skip,
}, async (t) => {
  const connection = await connected(t);
  const [a, b] = [leaseOf(connection, 'a', 500), leaseOf(connection, 'b', 500)];
  await a.acquire(0);
  a.keep(() => assert.fail('nobody took it'));
  const later = Date.now() + 1_500;
  await until(() => Date.now() > later);
  assert.ok(a.isHeld());
  assert.ok('heldBy' in (await b.acquire(0)));
  await a.release();

  await b.acquire(0);
  assert.ok(b.isHeld());
  await until(() => !b.isHeld());
  await until(async () => (await a.look()) === undefined);
  assert.deepEqual(await a.acquire(0), { epoch: 3 });
});

test('who was replaced hears of it at the next renewal, and what Redis forgot is written again', {
  skip,
}, async (t) => {
  const connection = await connected(t);
  const [a, b] = [leaseOf(connection, 'a', 500), leaseOf(connection, 'b', 60_000)];
  let lost = '';
  await a.acquire(4);
  a.keep((reason) => {
    lost = reason;
  });
  await connection.send(['FLUSHALL']);
  await until(async () => (await a.look())?.epoch === 5);
  assert.equal(await connection.send(['GET', keys.epoch]), '5');

  // One that knows less and was quicker after Redis had forgotten: the higher epoch keeps the lease.
  await connection.send(['FLUSHALL']);
  await connection.send(['SET', keys.lease, JSON.stringify({ holder: 'c', epoch: 1, url: '', since: 0 })]);
  await until(async () => (await a.look())?.holder === 'a');

  await connection.send(['DEL', keys.lease]);
  assert.deepEqual(await b.acquire(0), { epoch: 6 });
  await until(() => lost !== '');
  assert.match(lost, /epoch 6 has taken over from epoch 5/);
  assert.equal(a.isHeld(), false);
  assert.ok(b.isHeld());
});

const frame = (firstInput: number, fields: Partial<Frame> = {}): Frame => ({
  epoch: 1,
  firstInput,
  inputCount: 2,
  now: firstInput,
  inputs: Uint8Array.from([0, 255, firstInput, 10, 13]),
  lines: [`{"seq":${firstInput},"message":"line “${firstInput}” \\n"}`],
  meta: { positions: '{}' },
  previous: `chain-${firstInput - 2}`,
  chain: `chain-${firstInput}`,
  ...fields,
});

test('commits are read as they were given, once each, in order', { skip }, async (t) => {
  const connection = await connected(t);
  const replica = createRedisReplica({ connection, keys });
  const reader = createFrameReader(connection, keys);
  assert.equal(await reader.newest(), undefined);
  const frames = [frame(1), frame(3, { lines: [], inputs: new Uint8Array() }), frame(5)];
  for (const each of frames) await replica.append(each, false);
  await replica.append(frame(3), false); // again, after an answer was lost
  const read = await reader.read(0);
  assert.deepEqual(
    read.map((each) => ({ ...each, inputs: Uint8Array.from(each.inputs) })),
    frames,
  );
  assert.deepEqual(await reader.newest(), { epoch: 1, lastInput: 6, chain: 'chain-5' });
  assert.deepEqual(await reader.read(0), []);
});

test('a commit that does not follow is refused, but for the oldest that is not there: then Redis has lost its end', {
  skip,
}, async (t) => {
  const connection = await connected(t);
  const replica = createRedisReplica({ connection, keys });
  await replica.append(frame(1), false);
  await assert.rejects(replica.append(frame(5), false), { code: 'REPLICA_UNREACHABLE', message: /ends at input 2/ });
  await replica.append(frame(5), true);
  await replica.append(frame(7), false);
  assert.equal(await connection.send(['XLEN', keys.journal]), 3);
});

test('commits of an epoch that was replaced are refused, those of a newer one are taken', { skip }, async (t) => {
  const connection = await connected(t);
  const replica = createRedisReplica({ connection, keys });
  await replica.append(frame(1, { epoch: 3 }), false);
  await connection.send(['SET', keys.epoch, '4']);
  await assert.rejects(replica.append(frame(3, { epoch: 3 }), true), { code: 'FENCED' });
  await replica.append(frame(3, { epoch: 4, previous: 'chain-1' }), false);
  assert.equal(await connection.send(['XLEN', keys.journal]), 2);
});

test('a Redis that does not answer is told as such', { skip }, async (t) => {
  const connection = await connected(t);
  const replica = createRedisReplica({ connection, keys });
  await connection.send(['SET', keys.newest, 'x']);
  await connection.send(['DEL', keys.journal]);
  await connection.send(['SET', keys.journal, 'no stream']);
  await assert.rejects(replica.append(frame(1), true), { code: 'REPLICA_UNREACHABLE' });
  await connection.close();
  await assert.rejects(replica.append(frame(1), true), { code: 'REPLICA_UNREACHABLE' });
});
