import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Envelope } from '@inspector/contract';
import { openRedis } from '../../redis/index.ts';
import { event, openBus, redisForTests, skip, until } from './testing.ts';

const server = await redisForTests();
const url = server?.url ?? '';

const advice = (request?: Record<string, unknown>) =>
  ({
    eventId: 'advice',
    type: 'ADVISOR_DECISION_RESPONSE',
    source: 'ADVISOR',
    timestamp: 1,
    payload: { decisionId: 'd', approved: true, ...(request === undefined ? {} : { request }) },
  }) as Envelope;

const places: [Envelope, string][] = [
  [event('PROVIDER_MARKETDATA_TRADE', 1), 'bus:md:paper:futures'],
  [event('PROVIDER_SYMBOL_PRICES', 2, { marketType: 'spot' }), 'bus:md:paper:spot'],
  [event('PROVIDER_SYMBOLS', 3), 'bus:md:paper:futures'],
  [event('PROVIDER_ACCOUNT_EVENT', 4), 'bus:acct:paper:futures'],
  [event('PROVIDER_ORDER_CREATE', 5, { accountId: 'main' }), 'bus:acct:paper:futures:main'],
  [event('DETECTOR_POSITION_OPEN_REQUEST', 6, { accountId: 'main' }), 'bus:acct:paper:futures:main'],
  [event('DETECTOR_POSITION_OPEN_REQUEST', 7, { marketType: 1 }), 'bus:DETECTOR_POSITION_OPEN_REQUEST'],
  [advice({ requestId: 'r', connectorType: 'paper', marketType: 'spot' }), 'bus:acct:paper:spot'],
  [advice(), 'bus:ADVISOR_DECISION_RESPONSE'],
  [event('INSPECTOR_RISK_MARGIN_UPDATE', 8), 'bus:INSPECTOR_RISK_MARGIN_UPDATE'],
];

for (const [envelope, stream] of places) {
  test(`${envelope.type} goes to ${stream}, and to its channel`, { skip }, async () => {
    const raw = openRedis({ url, name: 'raw', log: { info: () => {}, warn: () => {} } });
    const listening = openRedis({ url, name: 'listening', log: { info: () => {}, warn: () => {} } });
    try {
      await Promise.all([raw.ready(), listening.ready()]);
      await raw.send(['FLUSHALL']);
      const heard: string[] = [];
      await listening.client.subscribe(envelope.type, (message) => heard.push(message));
      const bus = openBus({ url });
      await bus.ready();
      await bus.publish(envelope.source, envelope);
      const entries = (await raw.send(['XRANGE', stream, '-', '+'])) as [string, string[]][];
      assert.equal(entries.length, 1);
      const [field, json, ...more] = entries[0]![1];
      assert.equal(field, 'event');
      assert.deepEqual(more, []);
      assert.deepEqual(JSON.parse(json!), envelope);
      await until(() => heard.length === 1);
      assert.deepEqual(JSON.parse(heard[0]!), { ...envelope, via: 'stream' });
      assert.deepEqual(await raw.send(['KEYS', '*']), [stream]);
    } finally {
      await Promise.all([raw.close(), listening.close()]);
    }
  });
}

test('an event larger than 1 MiB is TOO_LARGE, one of just that size goes through', { skip }, async () => {
  const bus = openBus({ url });
  await bus.ready();
  const empty = JSON.stringify(event('PROVIDER_ACCOUNT_EVENT', 1, { note: '' })).length;
  const fitting = event('PROVIDER_ACCOUNT_EVENT', 1, { note: 'é'.repeat((1_048_576 - empty) / 2) });
  const slack = 1_048_576 - Buffer.byteLength(JSON.stringify(fitting));
  const exact = {
    ...fitting,
    payload: { ...fitting.payload, note: `${'é'.repeat((1_048_576 - empty) / 2)}${'x'.repeat(slack)}` },
  };
  await bus.publish('PROVIDER', exact as Envelope);
  const larger = { ...exact, payload: { ...exact.payload, note: `${(exact.payload as { note: string }).note}x` } };
  await assert.rejects(bus.publish('PROVIDER', larger as Envelope), { code: 'TOO_LARGE' });
});

test('prices are bounded, the oldest go', { skip }, async () => {
  const bus = openBus({ url, marketStreamLimit: 200 });
  await bus.ready();
  await bus.connection.send(['FLUSHALL']);
  await Promise.all(
    Array.from({ length: 1_000 }, (_, number) => bus.publish('PROVIDER', event('PROVIDER_MARKETDATA_TRADE', number))),
  );
  const length = Number(await bus.connection.send(['XLEN', 'bus:md:paper:futures']));
  assert.ok(length >= 200 && length < 400, `${length} entries`); // trimmed by whole nodes of 100
});
