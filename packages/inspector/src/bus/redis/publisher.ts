import type { Envelope, EventSource } from '@inspector/contract';
import type { RedisConnection, RedisLog } from '../../redis/index.ts';
import { MESSAGE_LIMIT_BYTES } from '../bounds.ts';
import { type BusError, busError } from '../bus-error.ts';
import { refusePublish } from '../refuse-publish.ts';
import { appendKept } from './append-kept.ts';
import { appendOnce } from './append-once.ts';
import { BRIDGE_MEMORY_MS, GROUP_ABANDONED_MS, PUBLISHES_LIMIT } from './bounds.ts';
import { callScript, loadScript, runScript } from './script.ts';
import { isMarketStream, streamOf } from './stream-name.ts';

export interface StreamLimits {
  marketStreamLimit: number;
  accountStreamLimit: number;
  inspectorStreamLimit: number;
}

/** What an older client said on a channel: it goes to the stream only, by one of all who heard it. */
export interface Bridged {
  /** Made of the message; the same for everybody who hears it. */
  key: string;
}

export interface Publisher {
  /** Resolves with the stream's name when Redis has it; rejects with a `BusError`. */
  publish(publisher: EventSource, envelope: Envelope, bridged?: Bridged): Promise<string>;
}

/** The end of the copy that older clients get, so that a bridge does not take it for a new event. */
export const VIA = ',"via":"stream"}';

export function createPublisher(connection: RedisConnection, log: RedisLog, limits: StreamLimits): Publisher {
  let underWay = 0;
  let isLoaded = false;
  let channelsRefused = false;
  connection.onReconnect(() => {
    isLoaded = false; // another server may have taken its place
  });

  function append(envelope: Envelope, json: string, bridged: Bridged | undefined): Appended {
    const { name, kind } = streamOf(envelope);
    if (kind === 'kept') {
      load();
      const words = [String(limits.accountStreamLimit), json, String(GROUP_ABANDONED_MS)];
      if (bridged === undefined) words.push(envelope.type);
      else words.push('', String(BRIDGE_MEMORY_MS));
      const keys = bridged === undefined ? [name] : [name, bridged.key];
      return { stream: name, taken: runScript(connection, appendKept, { keys, words }) };
    }
    const limit = String(isMarketStream(name) ? limits.marketStreamLimit : limits.inspectorStreamLimit);
    if (bridged !== undefined) {
      const words = [limit, json, String(BRIDGE_MEMORY_MS)];
      return { stream: name, taken: callScript(connection, appendOnce, { keys: [name, bridged.key], words }) };
    }
    const taken = connection.send(['XADD', name, 'MAXLEN', '~', limit, '*', 'event', json]);
    connection.send(['PUBLISH', envelope.type, json.slice(0, -1) + VIA]).catch(onChannelRefused);
    return { stream: name, taken };
  }

  /** Goes ahead of the first call on the same connection, so that no call finds it missing. */
  function load(): void {
    if (isLoaded) return;
    isLoaded = true;
    loadScript(connection, appendKept).catch(() => {
      isLoaded = false;
    });
  }

  /** Older clients do without; the streams are what counts. */
  function onChannelRefused(error: unknown): void {
    if (channelsRefused || !connection.state().connected) return;
    channelsRefused = true;
    log.warn({ redis: connection.place }, `older clients hear nothing: ${connection.explain(error).message}`);
  }

  function refusal(error: unknown, type: string): BusError {
    const words = error instanceof Error ? error.message : String(error);
    if (words.startsWith('BUSFULL')) {
      const group = words.slice('BUSFULL '.length);
      return busError(
        'BUS_FULL',
        `the stream is full of what ${group} has not acknowledged, ${type} was not published`,
      );
    }
    if (words.startsWith('NOSCRIPT')) isLoaded = false;
    return busError('BUS_DOWN', `${type} was not published: ${connection.explain(error).message}`);
  }

  return {
    async publish(publisher, envelope, bridged) {
      const refused = refusePublish(publisher, envelope);
      if (refused) throw refused;
      const json = JSON.stringify(envelope);
      // Characters first: counting bytes reads the text again.
      if (json.length > MESSAGE_LIMIT_BYTES / 3 && Buffer.byteLength(json) > MESSAGE_LIMIT_BYTES) {
        throw busError(
          'TOO_LARGE',
          `${envelope.type} has ${Buffer.byteLength(json)} bytes, at most ${MESSAGE_LIMIT_BYTES}`,
        );
      }
      if (underWay >= PUBLISHES_LIMIT) {
        throw busError('BUS_FULL', `Redis takes events too slowly, ${envelope.type} was not published`);
      }
      underWay++;
      try {
        const { stream, taken } = append(envelope, json, bridged);
        await taken;
        return stream;
      } catch (error) {
        throw refusal(error, envelope.type);
      } finally {
        underWay--;
      }
    },
  };
}

interface Appended {
  stream: string;
  taken: Promise<unknown>;
}
