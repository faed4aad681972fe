import { after, test } from 'node:test';
import type { Envelope } from '@inspector/contract';
import { redisMissing, startRedis } from '@inspector/servers';
import { testBus } from '../bus-contract.ts';
import { createRedisBus, type RedisBus } from './redis-bus.ts';

const missing = redisMissing();
const server = await startRedis();
after(() => server?.kill());

if (server === undefined) {
  test('redis bus', { skip: missing ?? 'no Redis' }, () => {});
} else {
  testBus('redis bus', async ({ queueLimit, batchLimit, redeliveryDelayMs }) => {
    const bus = createRedisBus({
      url: server.url,
      name: 'contract',
      log: { info: () => {}, warn: () => {} },
      queueLimit,
      batchLimit,
      redeliveryDelayMs,
      // One is with the handler, and in the stream until it is acknowledged.
      accountStreamLimit: queueLimit + 1,
    });
    await bus.ready();
    await bus.connection.send(['FLUSHALL']);
    return {
      bus,
      async inject(_channel, message) {
        await started(bus); // what is there before a subscription's first look is not its
        const text = typeof message === 'string' ? message : JSON.stringify(message);
        await bus.connection.send(['XADD', 'bus:acct:paper:futures', '*', 'event', text]);
      },
    };
  });
}

/** A publish waits for the subscriptions of its process. */
function started(bus: RedisBus): Promise<void> {
  const payload = { connectorType: 'nobody', marketType: 'nowhere', symbols: [] };
  return bus.publish('PROVIDER', {
    eventId: 'start',
    type: 'PROVIDER_SYMBOLS',
    source: 'PROVIDER',
    timestamp: 1,
    payload,
  } satisfies Envelope);
}
