/**
 * Between reading and handling: receipt, the bounded queue, delivery by batches, and what may be acknowledged. Only what
 * is done with is acknowledged: handled, dead-lettered, shed, or not asked for.
 */
import type { Envelope } from '@inspector/contract';
import { createAccountFilter } from '../account-filter.ts';
import { isMarketData } from '../admit.ts';
import type { BusPositions, Subscriber } from '../bus.ts';
import { type DeadLetter, deadLetter } from '../dead-letter.ts';
import { deliverBatch } from '../deliver-batch.ts';
import { createDeliveryQueue } from '../delivery-queue.ts';
import { receiveEnvelope } from '../receive.ts';
import { type Entry, mergeEntries } from './entries.ts';
import { compareIds } from './stream-id.ts';
import { typeOfStream } from './stream-name.ts';
import type { StreamState } from './stream-state.ts';

export interface InboxLimits {
  queueLimit: number;
  batchLimit: number;
  redeliveryDelayMs: number;
}

export interface InboxHooks {
  letter(letter: DeadLetter): void;
  gap(stream: string, reason: string): void;
  delivered(batch: readonly Envelope[]): void;
  /** Some `done` lists have grown. */
  acknowledge(): void;
}

export interface Inbox {
  readonly queued: number;
  readonly shed: number;
  /** Events that may still be read before the queue is full of what may not be shed; below 0 when it is past that. */
  readonly room: number;
  /** Entries by stream, each list of one stream and in order. */
  admit(lists: readonly (readonly Entry<StreamState>[])[]): void;
  /** Forgets what was not handed over, which stays unacknowledged; resolves when the running handler has come back. */
  drop(): Promise<void>;
  close(): Promise<void>;
}

interface Item {
  stream: StreamState;
  id: string;
  envelope: Envelope;
}

export function createInbox(
  {
    subscriber,
    streams,
    limits,
  }: { subscriber: Subscriber; streams: ReadonlyMap<string, StreamState>; limits: InboxLimits },
  hooks: InboxHooks,
): Inbox {
  const queue = createDeliveryQueue<Item>(limits.queueLimit);
  const types = new Set<string>(subscriber.types);
  const isWanted = createAccountFilter(subscriber.accounts);
  let running: Promise<void> | null = null;
  let closed = false;
  let wake = () => {};

  function receive(entry: Entry<StreamState>): void {
    const { stream, id, text } = entry;
    if (text === undefined) {
      if (entry.isGone) hooks.gap(stream.name, 'entries were dropped before they were handled');
      else hooks.letter(deadLetter('ENVELOPE_INVALID', `entry ${id} of ${stream.name} has no field event`, undefined));
      stream.done.push(id);
      return;
    }
    const received = receiveEnvelope(text, typeOfStream(stream.name));
    if (!received.ok) hooks.letter(received.deadLetter);
    else if (types.has(received.envelope.type) && isWanted(received.envelope)) {
      stream.queued++;
      const dropped = queue.push({ stream, id, envelope: received.envelope }, isMarketData(received.envelope.type));
      if (dropped) finish(dropped);
      return;
    }
    stream.done.push(id);
  }

  function finish({ stream, id }: Item): void {
    stream.queued--;
    stream.done.push(id);
  }

  /** What was passed over counts as handed over once nothing before it waits. */
  function advance(stream: StreamState, id: string): void {
    const to = stream.queued === 0 ? stream.lastRead : id;
    if (stream.handed === undefined || compareIds(to, stream.handed) > 0) stream.handed = to;
  }

  function positions(): BusPositions {
    const all: Record<string, string> = {};
    for (const { name, handed } of streams.values()) if (handed !== undefined) all[name] = handed;
    return all;
  }

  async function deliver(): Promise<void> {
    await Promise.resolve(); // all that was read together is there before the first batch is taken
    while (!closed && queue.length > 0) {
      await deliverNext(queue.take(limits.batchLimit));
      // A handler that is quick must not keep the process from its sockets and timers.
      if (queue.length > 0) await new Promise((resolve) => setImmediate(resolve));
    }
    running = null;
  }

  async function deliverNext(items: readonly Item[]): Promise<void> {
    const batch = items.map(({ envelope }) => envelope);
    const lastOf = new Map<StreamState, string>();
    for (const { stream, id } of items) {
      stream.queued--;
      lastOf.set(stream, id);
    }
    for (const [stream, id] of lastOf) advance(stream, id);
    const delivery = await deliverBatch(subscriber, batch, {
      positions: positions(),
      redeliveryDelayMs: limits.redeliveryDelayMs,
      isClosed: () => closed,
      pause,
    });
    if (delivery.kind === 'closed') return;
    if (delivery.kind === 'acknowledged') hooks.delivered(batch);
    else for (const envelope of batch) hooks.letter(deadLetter('HANDLER_FAILED', delivery.reason, envelope));
    for (const { stream, id } of items) stream.done.push(id);
    hooks.acknowledge();
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function drop(): Promise<void> {
    queue.clear();
    for (const stream of streams.values()) stream.queued = 0;
    await running;
  }

  return {
    get queued() {
      return queue.length;
    },
    get shed() {
      return queue.shed;
    },
    get room() {
      return limits.queueLimit - queue.keptLength;
    },
    admit(lists) {
      for (const entry of mergeEntries(lists)) receive(entry);
      for (const list of lists) {
        const last = list[list.length - 1];
        if (last === undefined) continue;
        const { stream, id } = last;
        if (compareIds(id, stream.lastRead) > 0) stream.lastRead = id; // a claimed one is older
        if (stream.queued === 0) advance(stream, id);
      }
      if (queue.length > 0) running ??= deliver();
      hooks.acknowledge();
    },
    drop,
    async close() {
      closed = true;
      wake();
      await drop();
    },
  };
}
