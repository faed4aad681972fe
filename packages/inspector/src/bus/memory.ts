/** The bus within one process: the default, and what the tests of everything above it run on. */
import type { Envelope } from '@inspector/contract';
import { createAccountFilter } from './account-filter.ts';
import { isMarketData } from './admit.ts';
import { BATCH_LIMIT, LATENCY_SAMPLES, MAY_READ_POLL_MS, QUEUE_LIMIT, REDELIVERY_DELAY_MS } from './bounds.ts';
import type { Bus, BusPositions, Subscriber, Subscription } from './bus.ts';
import { busError } from './bus-error.ts';
import { type DeadLetter, deadLetter } from './dead-letter.ts';
import { deliverBatch } from './deliver-batch.ts';
import { createDeliveryQueue, type DeliveryQueue } from './delivery-queue.ts';
import { receiveEnvelope } from './receive.ts';
import { refusePublish } from './refuse-publish.ts';

export interface MemoryBusOptions {
  queueLimit?: number;
  batchLimit?: number;
  redeliveryDelayMs?: number;
  /** Monotonic milliseconds, for latency samples only. */
  clock?: () => number;
}

/** Nothing outlives the process, so there is nothing to go on from. */
const NO_POSITIONS: BusPositions = {};

export interface MemoryBus extends Bus {
  /** The way in for a message that no publisher of this process vouches for; a bad one is dead-lettered. */
  receive(message: unknown, channel?: string): void;
}

interface Channel {
  subscriber: Subscriber;
  queue: DeliveryQueue<Envelope>;
  wants: (envelope: Envelope) => boolean;
  /** The delivery loop while it runs. */
  running: Promise<void> | null;
  closed: boolean;
  /** Ends a pause between two deliveries at once. */
  wake: (() => void) | null;
}

export function createMemoryBus({
  queueLimit = QUEUE_LIMIT,
  batchLimit = BATCH_LIMIT,
  redeliveryDelayMs = REDELIVERY_DELAY_MS,
  clock = () => performance.now(),
}: MemoryBusOptions = {}): MemoryBus {
  const channels = new Map<string, Set<Channel>>();
  const all = new Set<Channel>();
  const listeners = new Set<(letter: DeadLetter) => void>();
  const publishedAt = new WeakMap<Envelope, number>();
  const latencyMs: number[] = [];
  const totals = { published: 0, delivered: 0, shed: 0, deadLettered: 0, sampled: 0 };
  let closed = false;

  /** False when a subscription has no room; then none gets it. */
  function enqueue(envelope: Envelope): boolean {
    const subscriptions = channels.get(envelope.type);
    if (!subscriptions) return true;
    const market = isMarketData(envelope.type);
    for (const channel of subscriptions) {
      if (channel.wants(envelope) && !channel.queue.hasRoom(market)) return false;
    }
    publishedAt.set(envelope, clock());
    for (const channel of subscriptions) {
      if (!channel.wants(envelope)) continue;
      channel.queue.push(envelope, market);
      channel.running ??= deliver(channel);
    }
    return true;
  }

  async function deliver(channel: Channel): Promise<void> {
    // Publishers go first: a publish returns before any handler has seen the event.
    await Promise.resolve();
    while (!channel.closed && channel.queue.length > 0) {
      if (channel.subscriber.mayRead?.() === false) await pause(channel, MAY_READ_POLL_MS);
      else await deliverNext(channel, channel.queue.take(batchLimit));
      // A handler that publishes to itself must not keep the process from its sockets and timers.
      if (channel.queue.length > 0) await new Promise((resolve) => setImmediate(resolve));
    }
    channel.running = null;
  }

  async function deliverNext(channel: Channel, batch: Envelope[]): Promise<void> {
    const delivery = await deliverBatch(channel.subscriber, batch, {
      positions: NO_POSITIONS,
      redeliveryDelayMs,
      isClosed: () => channel.closed,
      pause: (ms) => pause(channel, ms),
    });
    if (delivery.kind === 'acknowledged') acknowledge(batch);
    if (delivery.kind !== 'failed') return;
    for (const envelope of batch) report(deadLetter('HANDLER_FAILED', delivery.reason, envelope));
  }

  function acknowledge(batch: Envelope[]): void {
    totals.delivered += batch.length;
    const last = batch[batch.length - 1]!;
    const since = publishedAt.get(last);
    if (since !== undefined) latencyMs[totals.sampled++ % LATENCY_SAMPLES] = clock() - since;
  }

  function report(letter: DeadLetter): void {
    totals.deadLettered++;
    for (const listener of listeners) listener(letter);
  }

  async function closeChannel(channel: Channel): Promise<void> {
    if (!channel.closed) {
      channel.closed = true;
      for (const type of channel.subscriber.types) channels.get(type)?.delete(channel);
      all.delete(channel);
      totals.shed += channel.queue.shed;
      channel.wake?.();
    }
    await channel.running;
  }

  return {
    async publish(publisher, envelope) {
      if (closed) throw busError('BUS_CLOSED', `the bus is closed, ${envelope.type} was not published`);
      const refused = refusePublish(publisher, envelope);
      if (refused) throw refused;
      if (!enqueue(envelope))
        throw busError(
          'BUS_FULL',
          `a queue is full of events that may not be shed, ${envelope.type} was not published`,
        );
      totals.published++;
    },

    receive(message, channel) {
      if (closed) return;
      const received = receiveEnvelope(message, channel);
      if (!received.ok) report(received.deadLetter);
      else if (enqueue(received.envelope)) totals.published++;
      else report(deadLetter('HANDLER_FAILED', 'a queue is full of events that may not be shed', received.envelope));
    },

    subscribe(subscriber): Subscription {
      if (closed) throw busError('BUS_CLOSED', `the bus is closed, ${subscriber.name} was not subscribed`);
      const channel: Channel = {
        subscriber,
        queue: createDeliveryQueue(queueLimit),
        wants: createAccountFilter(subscriber.accounts),
        running: null,
        closed: false,
        wake: null,
      };
      all.add(channel);
      for (const type of subscriber.types) {
        const subscriptions = channels.get(type) ?? new Set();
        subscriptions.add(channel);
        channels.set(type, subscriptions);
      }
      return {
        get queued() {
          return channel.queue.length;
        },
        get shed() {
          return channel.queue.shed;
        },
        started: Promise.resolve(),
        close: () => closeChannel(channel),
      };
    },

    onDeadLetter(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    onGap: () => () => {}, // what is shed is public prices, and a publisher is told of everything else

    statistics() {
      let queued = 0;
      let shed = totals.shed;
      for (const channel of all) {
        queued += channel.queue.length;
        shed += channel.queue.shed;
      }
      const { published, delivered, deadLettered } = totals;
      return { state: 'up', published, delivered, shed, deadLettered, queued, latencyMs: latencyMs.slice() };
    },

    async close() {
      closed = true;
      await Promise.all([...all].map(closeChannel));
    },
  };
}

/** Waits, or less when the subscription closes meanwhile. */
function pause(channel: Channel, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    channel.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
