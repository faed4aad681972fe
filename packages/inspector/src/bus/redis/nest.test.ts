import 'reflect-metadata';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Envelope } from '@inspector/contract';
import { Logger } from '@nestjs/common';
import { ClientRedis, ServerRedis } from '@nestjs/microservices';
import { firstValueFrom, lastValueFrom, timeout } from 'rxjs';
import type { DeadLetter } from '../dead-letter.ts';
import { accountEvent, event, numbers, openBus, redisForTests, skip, until, upTo } from './testing.ts';

Logger.overrideLogger(false);
const server = await redisForTests();
const url = server?.url ?? '';
const port = server?.port ?? 0;

async function bridged() {
  const bus = openBus({ url, bridge: true });
  await bus.ready();
  await bus.connection.send(['FLUSHALL']);
  const seen: Envelope[] = [];
  const letters: DeadLetter[] = [];
  bus.onDeadLetter((letter) => letters.push(letter));
  bus.subscribe({
    name: 'inspector:alpha',
    types: ['DETECTOR_POSITION_OPEN_REQUEST', 'PROVIDER_ACCOUNT_EVENT', 'PROVIDER_MARKETDATA_TRADE'],
    handle: (events) => void seen.push(...events),
  });
  await until(async () => (await listeners(bus)) > 0);
  await bus.publish('PROVIDER', event('PROVIDER_SYMBOLS', 0)); // returns when the subscription has begun
  return { bus, seen, letters };
}

async function listeners(bus: ReturnType<typeof openBus>): Promise<number> {
  const [, count] = (await bus.connection.send(['PUBSUB', 'NUMSUB', 'PROVIDER_ACCOUNT_EVENT'])) as [string, number];
  return count;
}

function nestClient(): ClientRedis {
  const client = new ClientRedis({ host: '127.0.0.1', port });
  after(() => client.close());
  return client;
}

test('a Nest client emits envelopes and value frames to the bus, in order and once', { skip }, async () => {
  const { bus, seen, letters } = await bridged();
  const client = nestClient();
  const request = event('DETECTOR_POSITION_OPEN_REQUEST', 0);
  await lastValueFrom(client.emit(request.type, request), { defaultValue: undefined });
  for (let number = 1; number < 20; number++) {
    await lastValueFrom(client.emit('PROVIDER_ACCOUNT_EVENT', accountEvent(number)), { defaultValue: undefined });
  }
  await until(() => seen.length === 20);
  assert.deepEqual(seen[0], request);
  assert.deepEqual(numbers(seen), upTo(20));

  const frame = {
    value: { price: 60_000, volume: 1, side: 'LONG', time: 5 },
    options: { connectorType: 'paper', marketType: 'futures', key: 'BTCUSDT', updateMoment: 5 },
  };
  await lastValueFrom(client.emit('PROVIDER_MARKETDATA_TRADE', frame), { defaultValue: undefined });
  await until(() => seen.length === 21);
  assert.deepEqual(seen[20]?.payload, {
    ...frame.value,
    connectorType: 'paper',
    marketType: 'futures',
    symbol: { name: 'BTCUSDT' },
  });
  assert.equal(await bus.connection.send(['XLEN', 'bus:acct:paper:futures']), 20);
  assert.deepEqual(letters, []);
});

test('several bridges take a message once', { skip }, async () => {
  const { bus, seen } = await bridged();
  openBus({ url, bridge: true, consumer: 'two' });
  await until(async () => (await listeners(bus)) >= 2);
  const client = nestClient();
  for (let number = 0; number < 10; number++) {
    await lastValueFrom(client.emit('PROVIDER_ACCOUNT_EVENT', accountEvent(number)), { defaultValue: undefined });
  }
  await until(() => seen.length === 10);
  await bus.publish('PROVIDER', accountEvent(10)); // comes back by the channel, and is not taken again
  await until(() => seen.length === 11);
  assert.deepEqual(numbers(seen), upTo(11));
  assert.equal(await bus.connection.send(['XLEN', 'bus:acct:paper:futures']), 11);
});

test('a Nest client that sends gets an acknowledgement, or the reason', { skip }, async () => {
  const { seen } = await bridged();
  const client = nestClient();
  const request = event('DETECTOR_POSITION_OPEN_REQUEST', 1);
  const answer = await firstValueFrom(client.send(request.type, request).pipe(timeout(20_000)));
  assert.deepEqual(answer, { ok: true, eventId: request.eventId });
  await until(() => seen.length === 1);
  const wrong = { ...request, source: 'PROVIDER' };
  await assert.rejects(firstValueFrom(client.send(request.type, wrong).pipe(timeout(20_000))), {
    code: 'SOURCE_MISMATCH',
  });
});

test('what is not from its source, or on another channel than its own, is a dead letter', { skip }, async () => {
  const { bus, seen, letters } = await bridged();
  const publish = (channel: string, message: unknown) =>
    bus.connection.send(['PUBLISH', channel, typeof message === 'string' ? message : JSON.stringify(message)]);
  await publish('PROVIDER_ACCOUNT_EVENT', { ...accountEvent(1), source: 'DETECTOR' });
  await publish('PROVIDER_ACCOUNT_EVENT', event('DETECTOR_POSITION_OPEN_REQUEST', 2));
  await publish('PROVIDER_ACCOUNT_EVENT', '{"half":');
  await publish('PROVIDER_ACCOUNT_EVENT', accountEvent(3));
  await until(() => seen.length === 1 && letters.length === 3);
  assert.deepEqual(
    letters.map(({ code }) => code),
    ['SOURCE_MISMATCH', 'SOURCE_MISMATCH', 'ENVELOPE_INVALID'],
  );
});

test('a Nest server hears what the bus publishes', { skip }, async () => {
  const bus = openBus({ url });
  await bus.ready();
  const heard: unknown[] = [];
  const nest = new ServerRedis({ host: '127.0.0.1', port });
  after(() => nest.close());
  const handler = async (data: unknown) => heard.push(data);
  nest.addHandler('PROVIDER_ACCOUNT_EVENT', handler, true);
  nest.addHandler('PROVIDER_MARKETDATA_TRADE', handler, true);
  await new Promise<void>((resolve, reject) => nest.listen((error?: unknown) => (error ? reject(error) : resolve())));
  const sent = [accountEvent(1), event('PROVIDER_MARKETDATA_TRADE', 2)];
  for (const envelope of sent) await bus.publish('PROVIDER', envelope);
  await until(() => heard.length === 2);
  assert.deepEqual(
    heard,
    sent.map((envelope) => ({ ...envelope, via: 'stream' })),
  );
});
