import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from 'redis';
import { type Envelope, parseEnvelope } from './envelope.ts';

/** Pause after a failed call, doubled each time up to the longest. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** A read waits so long for news. A connection on which nothing comes for `SILENT_MS` is dead and opened anew. */
const BLOCK_MS = 1_000;
const SILENT_MS = 10_000;
const EVENTS_PER_READ = 500;

/** Where to begin: with what comes from now on, or with all that the stream still holds. */
export type Beginning = 'now' | 'all';

export interface Bus {
  /** Events of these streams in order, until `signal` is aborted. */
  events(streams: Readonly<Record<string, Beginning>>): AsyncGenerator<Envelope>;
  /** True when Redis has it. Tries until `deadline` (Unix milliseconds), so it may be there twice: same `eventId`. */
  publish(stream: string, envelope: Envelope, deadline: number): Promise<boolean>;
  close(): void;
}

export interface BusSettings {
  url: string;
  signal: AbortSignal;
  log: (message: string) => void;
}

/** A bus on Redis streams that outlives the loss of its connection. */
export function openBus({ url, signal, log }: BusSettings): Bus {
  let isUp: boolean | undefined;
  const say = (up: boolean, message: string) => {
    if (up !== isUp) log(message);
    isUp = up;
  };
  /** A read waits on its connection, so writing has another. */
  const open = () => {
    const client = createClient({
      url,
      // A command that waits for a connection would be an old one when it goes out.
      disableOfflineQueue: true,
      pingInterval: SILENT_MS / 3,
      socket: {
        socketTimeout: SILENT_MS,
        reconnectStrategy: (tries) => pauseAfter(tries) * (0.5 + Math.random() / 2),
      },
    });
    client.on('error', (error: Error) => say(false, `Redis: ${error.message || String(error)}; trying again`));
    client.on('ready', () => say(true, 'Redis is there'));
    // Rejects only when it is closed before it was ever there.
    client.connect().catch(() => {});
    return client;
  };
  const reader = open();
  const writer = open();

  /** After the newest entry of a stream, or before its first. */
  async function place(stream: string, beginning: Beginning): Promise<string> {
    const newest = beginning === 'now' ? await reader.xRevRange(stream, '+', '-', { COUNT: 1 }) : null;
    return newest?.[0]?.id ?? '0-0';
  }

  async function* events(streams: Readonly<Record<string, Beginning>>): AsyncGenerator<Envelope> {
    const places = new Map<string, string>();
    let failures = 0;
    while (!signal.aborted) {
      try {
        for (const [stream, beginning] of Object.entries(streams)) {
          if (!places.has(stream)) places.set(stream, await place(stream, beginning));
        }
        const from = [...places].map(([key, id]) => ({ key, id }));
        const reply = await reader.xRead(from, { BLOCK: BLOCK_MS, COUNT: EVENTS_PER_READ });
        failures = 0;
        for (const { name, messages } of reply ?? []) {
          for (const { id, message } of messages) {
            places.set(name, id);
            const envelope = parseEnvelope(message.event);
            if (envelope !== undefined) yield envelope;
          }
        }
      } catch (error) {
        if (!signal.aborted) say(false, `Redis: ${String(error)}; trying again`);
        await pause(failures, signal);
        failures += 1;
      }
    }
  }

  async function publish(stream: string, envelope: Envelope, deadline: number): Promise<boolean> {
    const event = JSON.stringify(envelope);
    for (let failures = 0; !signal.aborted && Date.now() < deadline; failures += 1) {
      try {
        await writer.xAdd(stream, '*', { event });
        return true;
      } catch {
        await pause(failures, signal);
      }
    }
    return false;
  }

  return {
    events,
    publish,
    close() {
      for (const client of [reader, writer]) client.destroy();
    },
  };
}

const pauseAfter = (failures: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10));

/** Ends early when `signal` is aborted. */
const pause = (failures: number, signal: AbortSignal): Promise<void> =>
  wait(pauseAfter(failures), undefined, { signal }).catch(() => {});
