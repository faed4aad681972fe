/** What the tests of this folder share. */
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Envelope, EventSource, EventType } from '@inspector/contract';
import { redisMissing, startRedis } from '@inspector/servers';
import { createRedisBus, type RedisBus, type RedisBusConfig } from './redis-bus.ts';

/** Why tests that need a Redis are skipped, or false. */
export const skip = redisMissing() ?? false;

const PATIENCE_MS = 30_000;

/** A Redis for one test file; undefined where there is none. */
export async function redisForTests() {
  const server = await startRedis();
  after(() => server?.kill());
  return server;
}

export function openBus(config: Partial<RedisBusConfig> & { url: string }): RedisBus {
  const bus = createRedisBus({
    name: 'test',
    consumer: 'one',
    log: { info: () => {}, warn: () => {} },
    lookEveryMs: 100,
    redeliveryDelayMs: 1,
    ...config,
  });
  after(() => bus.close());
  return bus;
}

export async function until(condition: () => boolean | Promise<boolean>, what = String(condition)): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `did not come true: ${what}`);
    await wait(5);
  }
}

const PAYLOADS: Partial<Record<EventType, Record<string, unknown>>> = {
  PROVIDER_ORDER_CREATE: { symbol: { name: 'BTCUSDT' }, side: 'BUY', status: 'NEW' },
  DETECTOR_POSITION_OPEN_REQUEST: { requestId: 'r' },
  PROVIDER_MARKETDATA_TRADE: { symbol: { name: 'BTCUSDT' }, price: 60_000, volume: 1, side: 'LONG', time: 1 },
  PROVIDER_SYMBOL_PRICES: { prices: { BTCUSDT: { value: 60_000, moment: 1 } } },
  PROVIDER_SYMBOLS: { symbols: [] },
  PROVIDER_ACCOUNT_EVENT: { eventType: 'balance', eventTime: 1, options: { walletBalance: 1 } },
  INSPECTOR_RISK_MARGIN_UPDATE: { accountKey: 'paper:futures' },
};

/** An event of that number, of `paper:futures` unless the fields say otherwise. */
export function event(type: EventType, number: number, fields: Record<string, unknown> = {}): Envelope {
  const eventId = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const source = type.slice(0, type.indexOf('_')) as EventSource;
  const payload = { connectorType: 'paper', marketType: 'futures', ...PAYLOADS[type], ...fields };
  return { eventId, type, source, timestamp: 1_723_118_400_000 + number, payload } as Envelope;
}

export const numbers = (events: readonly Envelope[]): number[] =>
  events.map((envelope) => Number(envelope.eventId.slice(-12)));

export const accountEvent = (number: number, fields?: Record<string, unknown>): Envelope =>
  event('PROVIDER_ACCOUNT_EVENT', number, fields);

export const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** As the publishers do: again until the bus takes it. */
export async function publishSurely(bus: RedisBus, envelope: Envelope): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await bus.publish(envelope.source, envelope);
    } catch (error) {
      const { code } = error as { code?: unknown };
      if ((code !== 'BUS_DOWN' && code !== 'BUS_FULL') || Date.now() > deadline) throw error;
      await wait(20);
    }
  }
}
