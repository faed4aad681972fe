/**
 * The bus port: events by channel, a channel is an event type (contract 4). Memory and Redis implement it, and
 * `bus-contract.ts` holds both to the same behaviour.
 *
 * - Delivery is at least once: a batch whose handler fails comes again, then, after `DELIVERIES_LIMIT` times, its events
 *   are dead-lettered one by one.
 * - Order: a subscription gets the events of one account in the order of their publishing, whatever their types.
 * - Every subscription has its own bounded queue, so that a slow one neither slows nor starves the others.
 * - Past the bound market data is shed, oldest first; account, order, request and Inspector events never are: with
 *   nothing left to shed, the publisher is told `BUS_FULL` and keeps the event.
 */
import type { Envelope, EventSource, EventType } from '@inspector/contract';
import type { DeadLetter } from './dead-letter.ts';

export interface Bus {
  /**
   * Resolves when the bus holds the event for every subscription. Rejects with a `BusError`: `TYPE_UNKNOWN`,
   * `SOURCE_MISMATCH`, `TOO_LARGE` (where a bus writes it as JSON), `BUS_FULL` (nobody got it: publish it again later),
   * `BUS_DOWN` (the server did not take it: publish it again later) or `BUS_CLOSED`.
   */
  publish(publisher: EventSource, envelope: Envelope): Promise<void>;
  subscribe(subscriber: Subscriber): Subscription;
  /** Hears of every message that was refused at receipt or could not be handled. Returns the way to stop hearing. */
  onDeadLetter(listener: (deadLetter: DeadLetter) => void): () => void;
  /**
   * Hears that a subscription may have missed events of a stream: the bus was away, was emptied, or dropped what nobody
   * had read. Whoever keeps a state made of events compares it with the source. Returns the way to stop hearing.
   */
  onGap(listener: (gap: BusGap) => void): () => void;
  statistics(): BusStatistics;
  /** Delivers nothing more once it resolves; a handler that is running is waited for. */
  close(): Promise<void>;
}

export interface Subscriber {
  /** Names the consumer in logs and, on Redis, its group: the same name goes on where it stopped. */
  name: string;
  types: readonly EventType[];
  /**
   * `kept` (the default): what came while nobody of this name listened is delivered first. `live`: only what comes from
   * now on, for a view that somebody else can fill.
   */
  mode?: 'kept' | 'live';
  /** Only events of these accounts and market data of their connectors; unset: of all. */
  accounts?: readonly string[];
  /** Where to go on: events up to these positions are durable, are acknowledged, and are not delivered again. */
  after?: BusPositions;
  /** While it answers false nothing is read: another instance of this name may be the one that reads. */
  mayRead?: () => boolean;
  /**
   * Called with one batch at a time, never empty, at most `BATCH_LIMIT` events. Returning (or resolving) acknowledges
   * the batch: do it when its events are durable. The array is the handler's to keep.
   */
  handle(events: readonly Envelope[], positions: BusPositions): void | Promise<void>;
}

/**
 * How far a subscription has come, by stream: the id of the last event handed over, this batch included. Store it with the
 * batch and give it back as `after`. Empty on a bus that keeps nothing.
 */
export type BusPositions = Readonly<Record<string, string>>;

export interface BusGap {
  /** Name of the subscription. */
  subscriber: string;
  /** Where, such as `bus:acct:paper:futures`; `*` is everywhere. */
  stream: string;
  reason: string;
}

export interface Subscription {
  readonly queued: number;
  readonly shed: number;
  /** Resolves when what is published from then on will be delivered, or when that cannot be had for now. */
  readonly started: Promise<void>;
  close(): Promise<void>;
}

export interface BusStatistics {
  /** `down`: nothing goes in or out, and `reason` says why. A bus within the process is always `up`. */
  state: 'up' | 'down';
  reason?: string;
  published: number;
  delivered: number;
  shed: number;
  deadLettered: number;
  queued: number;
  /** From publish to the handler's acknowledgement, the last `LATENCY_SAMPLES` events that were sampled, in ms. */
  latencyMs: number[];
}
