/** The bus over Redis or Valkey streams: the wiring of publisher, readers and bridge, in one place. */
import { hostname } from 'node:os';
import type { Envelope, EventSource } from '@inspector/contract';
import { openRedis, type RedisConnection, type RedisLog } from '../../redis/index.ts';
import { BATCH_LIMIT, QUEUE_LIMIT, REDELIVERY_DELAY_MS } from '../bounds.ts';
import type { Bus, BusGap } from '../bus.ts';
import { busError } from '../bus-error.ts';
import type { DeadLetter } from '../dead-letter.ts';
import { ACCOUNT_STREAM_LIMIT, INSPECTOR_STREAM_LIMIT, LOOK_EVERY_MS, MARKET_STREAM_LIMIT } from './bounds.ts';
import { type Bridge, createBridge } from './bridge.ts';
import { checkPermissions } from './check-permissions.ts';
import { createLatencySamples } from './latency.ts';
import { type Bridged, createPublisher, type StreamLimits } from './publisher.ts';
import { createReader, type Reader } from './reader.ts';

export interface RedisBusConfig extends Partial<StreamLimits> {
  /** `redis[s]://[user[:password]@]host[:port][/database]`. */
  url: string;
  /** Of this process, for `CLIENT LIST`. */
  name: string;
  log: RedisLog;
  /**
   * Of this process within its groups, the machine's name unless given. The same name after a restart finds at once what
   * it had taken; another one waits some seconds until that counts as left behind.
   */
  consumer?: string;
  /** Takes up what older clients publish on channels; one process of a system does, several do no harm. */
  bridge?: boolean;
  connectTimeoutMs?: number;
  queueLimit?: number;
  batchLimit?: number;
  redeliveryDelayMs?: number;
  lookEveryMs?: number;
}

export interface RedisBus extends Bus {
  /**
   * Resolves when connected and allowed all it needs. Rejects with a `RedisError` that says what to do; the bus goes on
   * trying all the same, until it is closed.
   */
  ready(): Promise<void>;
  /** For what else this process keeps in the same Redis. Closed with the bus. */
  readonly connection: RedisConnection;
}

export function createRedisBus(config: RedisBusConfig): RedisBus {
  const { url, log, consumer = hostname(), lookEveryMs = LOOK_EVERY_MS } = config;
  const { queueLimit = QUEUE_LIMIT, batchLimit = BATCH_LIMIT, redeliveryDelayMs = REDELIVERY_DELAY_MS } = config;
  const open = (role: string): RedisConnection => {
    const name = `${config.name}:${role}`.replace(/[^\x21-\x7e]/g, '-'); // Redis takes no spaces in names
    const { connectTimeoutMs } = config;
    return openRedis({ url, name, log, ...(connectTimeoutMs === undefined ? {} : { connectTimeoutMs }) });
  };
  const connection = open('commands');
  const publisher = createPublisher(connection, log, {
    marketStreamLimit: config.marketStreamLimit ?? MARKET_STREAM_LIMIT,
    accountStreamLimit: config.accountStreamLimit ?? ACCOUNT_STREAM_LIMIT,
    inspectorStreamLimit: config.inspectorStreamLimit ?? INSPECTOR_STREAM_LIMIT,
  });
  const readers = new Set<Reader>();
  const starting = new Set<Promise<void>>();
  const letterListeners = new Set<(letter: DeadLetter) => void>();
  const gapListeners = new Set<(gap: BusGap) => void>();
  const latency = createLatencySamples();
  const totals = { published: 0, delivered: 0, shed: 0, deadLettered: 0 };
  const streamsSeen = new Set<string>();
  let bridge: Bridge | undefined;
  let closed = false;

  function letter(each: DeadLetter): void {
    totals.deadLettered++;
    for (const listener of letterListeners) listener(each);
  }

  async function publish(source: EventSource, envelope: Envelope, bridged?: Bridged): Promise<void> {
    if (closed) throw busError('BUS_CLOSED', `the bus is closed, ${envelope.type} was not published`);
    // A subscription of this process that began before it is to get it.
    if (starting.size > 0 && connection.state().connected) await Promise.all(starting);
    latency.published(envelope.eventId);
    const stream = await publisher.publish(source, envelope, bridged);
    totals.published++;
    if (streamsSeen.has(stream)) return;
    streamsSeen.add(stream);
    for (const reader of readers) reader.appeared(stream);
  }

  if (config.bridge) {
    bridge = createBridge({ listening: open('bridge'), commands: connection, publish, log, letter });
  }

  return {
    connection,

    async ready() {
      await connection.ready();
      await checkPermissions(connection);
    },

    publish: (source, envelope) => publish(source, envelope),

    subscribe(subscriber) {
      if (closed) throw busError('BUS_CLOSED', `the bus is closed, ${subscriber.name} was not subscribed`);
      const reader = createReader(
        {
          subscriber,
          consumer,
          commands: connection,
          reading: open(subscriber.name),
          limits: { queueLimit, batchLimit, redeliveryDelayMs, lookEveryMs },
          log,
        },
        {
          letter,
          gap(each) {
            for (const listener of gapListeners) listener(each);
          },
          delivered(batch) {
            totals.delivered += batch.length;
            latency.acknowledged(batch[batch.length - 1]!);
          },
        },
      );
      readers.add(reader);
      starting.add(reader.started);
      void reader.started.then(() => starting.delete(reader.started));
      return {
        get queued() {
          return reader.queued;
        },
        get shed() {
          return reader.shed;
        },
        started: reader.started,
        async close() {
          if (readers.delete(reader)) totals.shed += reader.shed;
          await reader.close();
        },
      };
    },

    onDeadLetter(listener) {
      letterListeners.add(listener);
      return () => void letterListeners.delete(listener);
    },

    onGap(listener) {
      gapListeners.add(listener);
      return () => void gapListeners.delete(listener);
    },

    statistics() {
      let queued = 0;
      let { shed } = totals;
      let reason = connection.state().reason;
      for (const reader of readers) {
        queued += reader.queued;
        shed += reader.shed;
        reason ??= reader.trouble();
      }
      const { published, delivered, deadLettered } = totals;
      const counts = { published, delivered, shed, deadLettered, queued, latencyMs: latency.recent() };
      return reason === undefined ? { state: 'up', ...counts } : { state: 'down', reason, ...counts };
    },

    async close() {
      closed = true;
      await Promise.all([bridge?.close(), ...[...readers].map((reader) => reader.close())]);
      await connection.close();
    },
  };
}
