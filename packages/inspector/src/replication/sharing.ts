import { randomUUID } from 'node:crypto';
import { openRedis, type RedisConnection } from '../redis/index.ts';
import type { Clock } from '../runner/clock.ts';
import type { RunnerLog } from '../runner/runner-port.ts';
import { createFrameReader, type FrameReader } from './frame-reader.ts';
import { replicationKeys } from './keys.ts';
import { createLease, type Lease } from './lease.ts';
import { createRedisReplica } from './redis-replica.ts';
import type { Replica } from './replica.ts';

/** A Redis that is just being started is waited for; one that is not there by then ends the start with what to do. */
const REACHED_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 100;
/** What passes by itself. Anything else, a wrong password for one, is told at once. */
const PASSING: readonly string[] = ['REDIS_UNREACHABLE', 'REDIS_TIMEOUT', 'REDIS_LOADING'];

export interface SharingPorts {
  url: string;
  appKey: string;
  leaseMs: number;
  /** Where this instance is reached. */
  ownUrl: () => string;
  clock: Clock;
  log: RunnerLog;
}

/** What several instances of one Inspector share over Redis: the lease, and the stream of commits. */
export interface Sharing {
  replica: Replica;
  lease: Lease;
  reader: FrameReader;
  /** False while what is decided here cannot be made known, or what is decided elsewhere be heard. */
  isConnected(): boolean;
  onReconnect(listener: () => void): void;
  close(): Promise<void>;
}

/** Rejects with a `RedisError` that says what to do. */
export async function openSharing({ url, appKey, leaseMs, ownUrl, clock, log }: SharingPorts): Promise<Sharing> {
  // A read that waits would hold up the lease: it has a connection of its own.
  const connection = openRedis({ url, name: `inspector:${appKey}:commits`, log });
  const reading = openRedis({ url, name: `inspector:${appKey}:follow`, log });
  const close = async () => void (await Promise.all([connection.close(), reading.close()]));
  try {
    await Promise.all([reached(connection, clock), reached(reading, clock)]);
  } catch (error) {
    await close();
    throw error;
  }
  const keys = replicationKeys(appKey);
  return {
    replica: createRedisReplica({ connection, keys }),
    lease: createLease({ connection, keys, holder: randomUUID(), url: ownUrl, leaseMs, clock, log }),
    reader: createFrameReader(reading, keys),
    isConnected: () => connection.state().connected && reading.state().connected,
    onReconnect: (listener) => void connection.onReconnect(listener),
    close,
  };
}

async function reached(connection: RedisConnection, clock: Clock): Promise<void> {
  try {
    return await connection.ready();
  } catch (error) {
    if (!PASSING.includes(String((error as { code?: unknown }).code))) throw error;
    const deadline = clock.elapsedMs() + REACHED_WITHIN_MS;
    while (!connection.state().connected) {
      if (clock.elapsedMs() >= deadline) throw error;
      await new Promise<void>((resolve) => void clock.after(LOOK_EVERY_MS, resolve));
    }
  }
}
