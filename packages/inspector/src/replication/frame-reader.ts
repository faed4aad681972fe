import type { RedisConnection, RedisReply } from '../redis/index.ts';
import type { Frame } from './frame.ts';
import type { ReplicationKeys } from './keys.ts';
import { decodeFrame } from './redis-replica.ts';

/** Commits of one read: at most some 4 MB each, usually a few hundred bytes. */
const FRAMES_PER_READ = 64;

/** The newest commit that any instance has made known. */
export interface NewestFrame {
  epoch: number;
  lastInput: number;
  chain: string;
}

/** The stream of commits, read by a standby. */
export interface FrameReader {
  /** The next commits, in order; waits up to `blockMs` for one, and answers none when none came. */
  read(blockMs: number): Promise<Frame[]>;
  /** Reads from the oldest commit again: the stream may be another one than it was. */
  rewind(): void;
  /** Undefined where none was ever made known: a new Redis. */
  newest(): Promise<NewestFrame | undefined>;
  /** The highest epoch that was granted; 0 in a new Redis. */
  highestEpoch(): Promise<number>;
}

/** `connection` must be for this alone: a read that waits holds up everything behind it. */
export function createFrameReader(connection: RedisConnection, keys: ReplicationKeys): FrameReader {
  let lastId = '0-0';

  return {
    async read(blockMs) {
      const command = ['XREAD', 'COUNT', String(FRAMES_PER_READ)];
      if (blockMs > 0) command.push('BLOCK', String(blockMs));
      command.push('STREAMS', keys.journal, lastId);
      const entries = entriesOf(await connection.send(command, blockMs + 4_000));
      const frames: Frame[] = [];
      for (const [id, fields] of entries) {
        frames.push(decodeFrame(fields));
        lastId = id;
      }
      return frames;
    },
    rewind() {
      lastId = '0-0';
    },
    async newest() {
      const value = await connection.send(['GET', keys.newest]);
      if (value === null) return undefined;
      const [epoch, lastInput, chain = ''] = String(value).split(' ');
      return { epoch: Number(epoch), lastInput: Number(lastInput), chain };
    },
    highestEpoch: async () => Number((await connection.send(['GET', keys.epoch])) ?? 0),
  };
}

/** `[[stream, [[id, [name, value …]] …]]]`, or null when nothing came. */
function entriesOf(reply: RedisReply): [id: string, fields: string[]][] {
  const stream = Array.isArray(reply) ? (reply[0] as readonly RedisReply[] | undefined) : undefined;
  const entries = (stream?.[1] ?? []) as readonly RedisReply[];
  return entries.map((entry) => {
    const [id, fields] = entry as readonly [RedisReply, readonly RedisReply[]];
    return [String(id), fields.map(String)];
  });
}
