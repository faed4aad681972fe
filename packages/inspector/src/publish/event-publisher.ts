import { randomUUID } from 'node:crypto';
import { type Envelope, eventIdOfRecord } from '@inspector/contract';
import type { PublishedEvent } from '@inspector/engine';
import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../runner/clock.ts';
import type { RunnerLog } from '../runner/runner-port.ts';

/** Events that wait for the bus; past it the oldest is dropped: it stays in the audit, from where `/ws` resumes. */
export const WAITING_LIMIT = 20_000;

/** Waits between tries while the bus does not take an event, doubling up to the last. */
const RETRY_FIRST_MS = 50;
const RETRY_LAST_MS = 2_000;

export interface EventPublisherConfig {
  bus: Pick<Bus, 'publish'>;
  clock: Clock;
  log: RunnerLog;
  epoch: () => number;
}

/** Puts `INSPECTOR_*` events on the bus, one after the other in the order of their records. */
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
    for (let next = waiting[0]; next !== undefined && !stopped; next = waiting[0]) {
      try {
        await bus.publish('INSPECTOR', next);
        if (waiting[0] === next) waiting.shift();
        retryMs = RETRY_FIRST_MS;
      } catch (error) {
        if (isHopeless(error)) {
          log.error({ type: next.type, seq: next.seq, error: String(error) }, 'an event cannot be published');
          if (waiting[0] === next) waiting.shift();
          continue;
        }
        await pause(retryMs);
        retryMs = Math.min(retryMs * 2, RETRY_LAST_MS);
      }
    }
    running = undefined;
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
