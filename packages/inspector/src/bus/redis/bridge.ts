/**
 * For older clients that publish on channels: what comes by pub/sub goes to its stream, once, whoever else bridges. What
 * is said while nobody is subscribed is lost, as ever with pub/sub; new clients write to the streams.
 */
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Envelope, type EventSource, eventTypes } from '@inspector/contract';
import type { RedisConnection, RedisLog } from '../../redis/index.ts';
import type { BusError } from '../bus-error.ts';
import { type DeadLetter, deadLetter } from '../dead-letter.ts';
import { receiveEnvelope } from '../receive.ts';
import { BRIDGE_ATTEMPTS, BRIDGE_LIMIT, BRIDGE_RETRY_MS } from './bounds.ts';
import { type Bridged, VIA } from './publisher.ts';

export interface BridgeConfig {
  /** The bridge's own: a subscribed connection can do nothing else. The bridge closes it. */
  listening: RedisConnection;
  commands: RedisConnection;
  publish: (source: EventSource, envelope: Envelope, bridged: Bridged) => Promise<void>;
  log: RedisLog;
  letter: (letter: DeadLetter) => void;
}

export interface Bridge {
  close(): Promise<void>;
}

const CHANNELS = eventTypes.filter((type) => !type.startsWith('INSPECTOR_'));

export function createBridge({ listening, commands, publish, log, letter }: BridgeConfig): Bridge {
  let closed = false;
  let underWay = 0;
  /** One after the other, so that order is kept while one is tried again. */
  let last: Promise<void> = Promise.resolve();

  listening.onConnect(() => {
    listening.client.subscribe([...CHANNELS], hear).catch((error: unknown) => {
      if (listening.state().connected) {
        log.warn({ redis: listening.place }, `older clients are not heard: ${listening.explain(error).message}`);
      }
    });
  });

  function hear(message: string, channel: string): void {
    if (closed || message.endsWith(VIA)) return;
    if (underWay >= BRIDGE_LIMIT) {
      letter(deadLetter('HANDLER_FAILED', `${BRIDGE_LIMIT} messages of older clients wait already`, message));
      return;
    }
    underWay++;
    last = last
      .then(() => take(message, channel))
      .finally(() => {
        underWay--;
      });
  }

  async function take(message: string, channel: string): Promise<void> {
    try {
      const outcome = await carry(message, channel);
      await answer(message, channel, outcome);
    } catch (error) {
      letter(deadLetter('HANDLER_FAILED', `the bridge: ${(error as Error).message}`, message));
    }
  }

  async function carry(message: string, channel: string): Promise<Outcome> {
    const received = receiveEnvelope(message, channel);
    if (!received.ok) {
      letter(received.deadLetter);
      return { code: received.deadLetter.code, reason: received.deadLetter.reason };
    }
    const { envelope } = received;
    if ((envelope as Envelope & { via?: unknown }).via === 'stream') return { eventId: envelope.eventId };
    if (envelope.type !== channel) {
      const reason = `${envelope.type} does not belong on the channel ${channel}`;
      letter(deadLetter('SOURCE_MISMATCH', reason, envelope));
      return { code: 'SOURCE_MISMATCH', reason };
    }
    const key = `bus:seen:${createHash('sha256').update(message).digest('hex')}`;
    await persist(() => publish(envelope.source, envelope, { key }));
    return { eventId: envelope.eventId };
  }

  /** Pub/sub cannot be told to come again later, so this end tries again. */
  async function persist(attempt: () => Promise<void>): Promise<void> {
    for (let attempts = 1; ; attempts++) {
      try {
        return await attempt();
      } catch (error) {
        const { code } = error as BusError;
        const isHopeless = code === 'TYPE_UNKNOWN' || code === 'SOURCE_MISMATCH' || code === 'TOO_LARGE';
        if (closed || isHopeless || attempts >= BRIDGE_ATTEMPTS) throw error;
        await wait(BRIDGE_RETRY_MS);
      }
    }
  }

  /** A Nest `send()` has an id and waits for a word on `<pattern>.reply`; an `emit()` has none. */
  async function answer(message: string, channel: string, outcome: Outcome): Promise<void> {
    if (!message.includes('"pattern"')) return;
    const { id, pattern } = JSON.parse(message) as { id?: unknown; pattern?: unknown };
    if (typeof id !== 'string' || pattern !== channel) return;
    const said = 'code' in outcome ? { err: outcome } : { response: { ok: true, ...outcome } };
    const reply = JSON.stringify({ id, ...said, isDisposed: true });
    await commands.send(['PUBLISH', `${channel}.reply`, reply]);
  }

  return {
    async close() {
      closed = true;
      await last;
      await listening.close();
    },
  };
}

type Outcome = { eventId: string } | { code: string; reason: string };
