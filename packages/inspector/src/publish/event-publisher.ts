import { randomUUID } from 'node:crypto';
import { type Envelope, eventIdOfRecord } from '@inspector/contract';
import type { PublishedEvent } from '@inspector/engine';
import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../runner/clock.ts';
import type { RunnerLog } from '../runner/runner-port.ts';

/** Events that wait for the bus; past it the oldest is dropped: it stays in the audit, from where `/ws` resumes. */
export const WAITING_LIMIT = 20_000;

/** Events under way at once: a bus over the network takes many in one round trip. */
const BURST_LIMIT = 128;

/** Waits between tries while the bus does not take an event, doubling up to the last. */
const RETRY_FIRST_MS = 50;
const RETRY_LAST_MS = 2_000;

export interface EventPublisherConfig {
  bus: Pick<Bus, 'publish'>;
  clock: Clock;
  log: RunnerLog;
  epoch: () => number;
}

/** Puts `INSPECTOR_*` events on the bus, in the order of their records; one that the bus refused comes after those it took. */
export interface EventPublisher {
  readonly waiting: number;
  readonly dropped: number;
  /** Takes durable events; never blocks and never throws. */
  publish(events: readonly PublishedEvent[]): void;
  /** Gives up what still waits. Resolves when the event under way is through. */
  stop(): Promise<void>;
}

export function createEventPublisher({ bus, clock, log, epoch }: EventPublisherConfig): EventPublisher {
  let waiting: Envelope[] = [];
  let dropped = 0;
  let running: Promise<void> | undefined;
  let wake: (() => void) | undefined;
  let stopped = false;

  async function run(): Promise<void> {
    let retryMs = RETRY_FIRST_MS;
    while (waiting.length > 0 && !stopped) {
      const burst = waiting.slice(0, BURST_LIMIT);
      const outcomes = await Promise.allSettled(burst.map((envelope) => bus.publish('INSPECTOR', envelope)));
      const over = new Set(burst.filter((envelope, at) => isOver(envelope, outcomes[at]!)));
      // The oldest may have been dropped meanwhile, so what is over is found by itself, not by its place.
      waiting = waiting.filter((envelope) => !over.has(envelope));
      if (over.size === burst.length) {
        retryMs = RETRY_FIRST_MS;
        continue;
      }
      await pause(retryMs);
      retryMs = Math.min(retryMs * 2, RETRY_LAST_MS);
    }
    running = undefined;
  }

  /** True for an event that need not be published again: the bus has it, or never will. */
  function isOver({ type, seq }: Envelope, outcome: PromiseSettledResult<void>): boolean {
    if (outcome.status === 'fulfilled') return true;
    if (!isHopeless(outcome.reason)) return false;
    log.error({ type, seq, error: String(outcome.reason) }, 'an event cannot be published');
    return true;
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(ms, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });
  }

  return {
    get waiting() {
      return waiting.length;
    },
    get dropped() {
      return dropped;
    },
    publish(events) {
      if (stopped) return;
      for (const event of events) waiting.push(envelopeOf(event, { epoch: epoch(), now: clock.now() }));
      const surplus = waiting.length - WAITING_LIMIT;
      if (surplus > 0) {
        waiting = waiting.slice(surplus);
        dropped += surplus;
        log.warn({ surplus, dropped }, 'the bus does not take events: the oldest were dropped');
      }
      running ??= run();
    },
    async stop() {
      stopped = true;
      wake?.();
      await running;
    },
  };
}

/** Events that leave no record of their own share a record's place in the trail, so their id is drawn. */
const unrecorded: readonly string[] = ['INSPECTOR_RISK_MARGIN_UPDATE', 'INSPECTOR_DATA_MATURITY_UPDATE'];

function envelopeOf(
  { type, seq, correlationId, payload }: PublishedEvent,
  at: { epoch: number; now: number },
): Envelope {
  return {
    eventId: unrecorded.includes(type) ? randomUUID() : eventIdOfRecord(seq, at.epoch),
    type,
    source: 'INSPECTOR',
    timestamp: at.now,
    correlationId,
    seq,
    epoch: at.epoch,
    payload,
  } as Envelope;
}

/** What no later try can change: the event itself is refused, or the bus is closed. */
function isHopeless(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === 'TYPE_UNKNOWN' || code === 'SOURCE_MISMATCH' || code === 'TOO_LARGE' || code === 'BUS_CLOSED';
}
