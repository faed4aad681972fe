import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type RedisServer, startRedis } from '@inspector/servers';
import { BUS_PERMISSIONS } from '../../redis/explain-redis-error.ts';
import type { BusGap } from '../bus.ts';
import { accountEvent, numbers, openBus, publishSurely, skip, until, upTo } from './testing.ts';

const STREAM = 'bus:acct:paper:futures';

async function serve(args: readonly string[] = []): Promise<RedisServer> {
  const server = (await startRedis({ args }))!;
  after(() => server.kill());
  return server;
}

test('Redis killed again and again under load: what was acknowledged arrives, in order per account', {
  skip,
}, async () => {
  const server = await serve(['--appendfsync', 'always']);
  const bus = openBus({ url: server.url });
  await bus.ready();
  const seen = new Map<string, number[]>(['a', 'b', 'c'].map((account) => [account, []]));
  const gaps: BusGap[] = [];
  bus.onGap((gap) => gaps.push(gap));
  bus.subscribe({
    name: 'inspector:alpha',
    types: ['PROVIDER_ACCOUNT_EVENT'],
    handle(events) {
      for (const envelope of events) {
        const { accountId } = envelope.payload as { accountId: string };
        const list = seen.get(accountId)!;
        const [number] = numbers([envelope]) as [number];
        if (!list.includes(number)) list.push(number); // at least once: receivers count a repeated one once
      }
    },
  });
  const COUNT = 400;
  const publishing = [...seen.keys()].map(async (accountId) => {
    for (let number = 0; number < COUNT; number++) {
      await publishSurely(bus, accountEvent(number, { accountId }));
      await wait(5);
    }
  });
  for (let kills = 0; kills < 3; kills++) {
    await wait(700);
    await server.kill();
    await until(() => bus.statistics().state === 'down');
    assert.match(bus.statistics().reason ?? '', /start Redis there/);
    await server.start();
    await until(() => bus.statistics().state === 'up');
  }
  await Promise.all(publishing);
  const state = () =>
    JSON.stringify([[...seen].map(([account, list]) => [account, list.length]), bus.statistics().reason]);
  await until(() => [...seen.values()].every((list) => list.length === COUNT)).catch((error) => {
    assert.fail(`${error.message} ${state()}`);
  });
  for (const list of seen.values()) assert.deepEqual(list, upTo(COUNT));
  assert.ok(
    gaps.some(({ stream }) => stream === '*'),
    'an outage is a gap everywhere',
  );
});

test('Redis frozen for some seconds: publishers are told, it goes on, and a gap is reported', { skip }, async () => {
  const server = await serve();
  const bus = openBus({ url: server.url });
  await bus.ready();
  const seen: number[] = [];
  const gaps: BusGap[] = [];
  bus.onGap((gap) => gaps.push(gap));
  bus.subscribe({
    name: 'inspector:alpha',
    types: ['PROVIDER_ACCOUNT_EVENT'],
    handle: (events) => void seen.push(...numbers(events)),
  });
  await bus.publish('PROVIDER', accountEvent(0));
  await until(() => seen.length === 1);
  server.pause();
  await assert.rejects(bus.publish('PROVIDER', accountEvent(1)), { code: 'BUS_DOWN' });
  await until(() => bus.statistics().state === 'down');
  server.resume();
  await until(() => bus.statistics().state === 'up');
  await publishSurely(bus, accountEvent(1));
  await publishSurely(bus, accountEvent(2));
  await until(() => seen.includes(2));
  assert.deepEqual([...new Set(seen)], upTo(3)); // 1 may have been taken before the freeze was noticed
  await until(() => gaps.some(({ stream }) => stream === '*'));
});

test('Redis frozen while a subscription begins: it misses nothing that is published from then on', {
  skip,
}, async () => {
  const server = await serve();
  const bus = openBus({ url: server.url });
  await bus.ready();
  server.pause();
  const seen: number[] = [];
  bus.subscribe({
    name: 'inspector:alpha',
    types: ['PROVIDER_ACCOUNT_EVENT'],
    handle: (events) => void seen.push(...numbers(events)),
  });
  const publishing = publishSurely(bus, accountEvent(0));
  await until(() => bus.statistics().state === 'down' && /does not answer/.test(bus.statistics().reason ?? ''));
  server.resume();
  await publishing;
  await publishSurely(bus, accountEvent(1));
  await until(() => seen.includes(1));
  assert.deepEqual([...new Set(seen)], [0, 1]);
});

for (const mode of ['kept', 'live'] as const) {
  test(`Redis restarted empty: a gap is reported and it goes on (${mode})`, { skip }, async () => {
    const server = await serve();
    const bus = openBus({ url: server.url });
    await bus.ready();
    const seen: number[] = [];
    const gaps: BusGap[] = [];
    bus.onGap((gap) => gaps.push(gap));
    bus.subscribe({
      name: 'inspector:alpha',
      types: ['PROVIDER_ACCOUNT_EVENT'],
      mode,
      handle: (events) => void seen.push(...numbers(events)),
    });
    await bus.publish('PROVIDER', accountEvent(0));
    await until(() => seen.length === 1);
    await server.startEmpty();
    await until(() => gaps.some(({ stream }) => stream === STREAM));
    await publishSurely(bus, accountEvent(1));
    await until(() => seen.length === 2);
    assert.deepEqual(seen, [0, 1]);
  });
}

test('Redis emptied while it runs: a gap is reported and it goes on', { skip }, async () => {
  const server = await serve();
  const bus = openBus({ url: server.url });
  await bus.ready();
  const seen: number[] = [];
  const gaps: BusGap[] = [];
  bus.onGap((gap) => gaps.push(gap));
  bus.subscribe({
    name: 'inspector:alpha',
    types: ['PROVIDER_ACCOUNT_EVENT'],
    handle: (events) => void seen.push(...numbers(events)),
  });
  await bus.publish('PROVIDER', accountEvent(0));
  await until(() => seen.length === 1);
  for (let round = 1; round <= 3; round++) {
    gaps.length = 0;
    await bus.connection.send(['FLUSHALL']);
    await publishSurely(bus, accountEvent(round));
    await until(() => seen.length === round + 1);
    await until(() => gaps.some(({ stream }) => stream === STREAM));
  }
  assert.deepEqual(seen, upTo(4));
});

test('a frozen reader takes nothing from its successor, which goes on exactly after it', { skip }, async () => {
  const server = await serve();
  const file = fileURLToPath(new URL('./test-reader.ts', import.meta.url));
  const child = spawn(process.execPath, [file, server.url], { stdio: ['ignore', 'pipe', 'inherit'] });
  after(() => child.kill('SIGKILL'));
  const lines: { numbers: number[]; positions: Record<string, string> }[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(JSON.parse(line)));
  const bus = openBus({ url: server.url, consumer: 'successor' });
  await bus.ready();
  await until(() => lines.length === 1); // it has begun
  let number = 0;
  for (; number < 20; number++) await bus.publish('PROVIDER', accountEvent(number));
  const taken = () => lines.flatMap((line) => line.numbers);
  await until(() => taken().length === 20);

  child.kill('SIGSTOP');
  for (; number < 40; number++) await bus.publish('PROVIDER', accountEvent(number));
  const seen: number[] = [];
  const gaps: BusGap[] = [];
  bus.onGap((gap) => gaps.push(gap));
  bus.subscribe({
    name: 'inspector:alpha',
    types: ['PROVIDER_ACCOUNT_EVENT'],
    after: lines.at(-1)!.positions,
    handle: (events) => void seen.push(...numbers(events)),
  });
  await until(() => seen.length === 20);
  const before = taken().length;
  child.kill('SIGCONT');
  for (; number < 140; number++) {
    await bus.publish('PROVIDER', accountEvent(number));
    await wait(5);
  }
  await until(() => seen.length === 120);
  assert.deepEqual(seen, upTo(140).slice(20));
  assert.deepEqual(gaps, []);
  // What was on its way to it when it froze it may still see, its journal is shut by then; nothing that came later.
  assert.ok(
    taken()
      .slice(before)
      .every((each) => each < 40),
    'it took nothing after the takeover',
  );
  child.kill('SIGKILL');
  await once(child, 'exit');
});

test('a user without +xadd is REDIS_PERMISSION by name, at once and at each publish', { skip }, async () => {
  const server = await serve(['--user', ...'trader on >pw ~bus:* &* +@all -xadd'.split(' ')]);
  const bus = openBus({ url: server.url.replace('//', '//trader:pw@') });
  await assert.rejects(bus.ready(), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'REDIS_PERMISSION');
    assert.match(error.message, /xadd/);
    return true;
  });
  await assert.rejects(bus.publish('PROVIDER', accountEvent(1)), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'BUS_DOWN');
    assert.match(error.message, /forbids it.*\+@stream/);
    return true;
  });
});

test('the permissions that the message names are enough', { skip }, async () => {
  const server = await serve(['--user', ...`trader on >pw ${BUS_PERMISSIONS}`.split(' ')]);
  const bus = openBus({ url: server.url.replace('//', '//trader:pw@'), bridge: true });
  await bus.ready();
  const seen: number[] = [];
  bus.subscribe({
    name: 'inspector:alpha',
    types: ['PROVIDER_ACCOUNT_EVENT'],
    handle: (events) => void seen.push(...numbers(events)),
  });
  await bus.publish('PROVIDER', accountEvent(0));
  await bus.connection.send(['PUBLISH', 'PROVIDER_ACCOUNT_EVENT', JSON.stringify(accountEvent(1))]);
  await until(() => seen.length === 2);
  assert.equal(bus.statistics().state, 'up');
});

test('a reader without its permission is down with the reason, and publishers go on', { skip }, async () => {
  const server = await serve(['--user', ...'trader on >pw ~bus:* &* +@all -xreadgroup'.split(' ')]);
  const bus = openBus({ url: server.url.replace('//', '//trader:pw@') });
  await bus.connection.ready();
  bus.subscribe({ name: 'inspector:alpha', types: ['PROVIDER_ACCOUNT_EVENT'], handle: () => {} });
  await bus.publish('PROVIDER', accountEvent(1));
  await until(() => bus.statistics().state === 'down');
  assert.match(bus.statistics().reason ?? '', /xreadgroup/);
});

test('a wrong port and a wrong password show in the state', { skip }, async () => {
  const server = await serve(['--requirepass', 'right']);
  const wrongPassword = openBus({ url: server.url.replace('//', '//:wrong-secret@') });
  await assert.rejects(wrongPassword.ready(), { code: 'REDIS_AUTH' });
  assert.equal(wrongPassword.statistics().state, 'down');
  assert.doesNotMatch(wrongPassword.statistics().reason ?? '', /wrong-secret/);
  await server.kill();
  const wrongPort = openBus({ url: server.url });
  await assert.rejects(wrongPort.ready(), { code: 'REDIS_UNREACHABLE' });
  await assert.rejects(wrongPort.publish('PROVIDER', accountEvent(1)), { code: 'BUS_DOWN' });
  assert.match(wrongPort.statistics().reason ?? '', /EVENT_BUS_URL/);
  await wrongPort.close();
});
