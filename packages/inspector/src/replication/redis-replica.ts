import type { RedisConnection } from '../redis/index.ts';
import { type Frame, lastInputOf } from './frame.ts';
import type { ReplicationKeys } from './keys.ts';
import { words } from './lease.ts';
import { type Replica, replicaError } from './replica.ts';

/** What a standby can be behind without having to copy the whole store: commits, and their bytes in Redis. */
const KEPT_FRAMES = 20_000;
const KEPT_BYTES = 128 * 1024 * 1024;

/** A commit that Redis has not taken by then counts as not taken. */
const APPEND_DEADLINE_MS = 2_000;

/** Who acts before what is written: the newest commit's own epoch tells whose history it is. */
const APPEND = `
local highest = tonumber(redis.call('GET', KEYS[1]) or '0')
if highest > tonumber(ARGV[1]) then return {'FENCED', tostring(highest)} end
local newest = redis.call('GET', KEYS[2])
if newest then
  local epoch, input = string.match(newest, '^(%d+) (%d+) ')
  if epoch == ARGV[1] and tonumber(input) >= tonumber(ARGV[4]) then return {'TAKEN'} end
  if ARGV[2] == '0' and tonumber(input) + 1 ~= tonumber(ARGV[3]) then return {'HOLE', input} end
end
redis.call('SET', KEYS[1], ARGV[1])
redis.call('SET', KEYS[2], ARGV[1] .. ' ' .. ARGV[4] .. ' ' .. ARGV[5])
if ARGV[6] ~= '' then redis.call('XTRIM', KEYS[3], 'MINID', ARGV[6]) end
return {'ADDED', redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[10], '*', 'head', ARGV[7], 'inputs', ARGV[8], 'records', ARGV[9])}`;

export interface RedisReplicaConfig {
  connection: RedisConnection;
  keys: ReplicationKeys;
}

/** The stream of commits in Redis. It takes those of the newest epoch only, so that who was replaced can add nothing. */
export function createRedisReplica({ connection, keys }: RedisReplicaConfig): Replica {
  /** Entries of this start, oldest first: what is above the bounds is cut off with the next commit. */
  const kept: { id: string; bytes: number }[] = [];
  let keptBytes = 0;

  function cutBefore(): string {
    let from = 0;
    while (kept.length - from > 1 && (kept.length - from > KEPT_FRAMES || keptBytes > KEPT_BYTES)) {
      keptBytes -= kept[from]!.bytes;
      from++;
    }
    if (from > 0) kept.splice(0, from);
    return from > 0 ? kept[0]!.id : '';
  }

  return {
    async append(frame, oldest) {
      const entry = encodeFrame(frame);
      const values = [
        String(frame.epoch),
        oldest ? '1' : '0',
        String(frame.firstInput),
        String(lastInputOf(frame)),
        frame.chain,
        cutBefore(),
        entry.head,
        entry.inputs,
        entry.records,
        String(KEPT_FRAMES),
      ];
      let answer: readonly string[];
      try {
        const command = ['EVAL', APPEND, '3', keys.epoch, keys.newest, keys.journal, ...values];
        answer = words(await connection.send(command, APPEND_DEADLINE_MS));
      } catch (error) {
        throw replicaError('REPLICA_UNREACHABLE', connection.explain(error).message);
      }
      const [outcome, value = ''] = answer;
      if (outcome === 'FENCED')
        throw replicaError('FENCED', `epoch ${frame.epoch} of this Inspector has been replaced by epoch ${value}`);
      if (outcome === 'HOLE')
        throw replicaError('REPLICA_UNREACHABLE', `the stream ends at input ${value}, before ${frame.firstInput}`);
      if (outcome !== 'ADDED') return;
      const bytes = entry.head.length + entry.inputs.length + entry.records.length;
      kept.push({ id: value, bytes });
      keptBytes += bytes;
    },
  };
}

interface FrameEntry {
  head: string;
  inputs: string;
  records: string;
}

type FrameHead = Omit<Frame, 'inputs' | 'lines'>;

/** Text only, so that anybody can read the stream: inputs in base64, records as lines. */
function encodeFrame({ inputs, lines, ...head }: Frame): FrameEntry {
  return {
    head: JSON.stringify(head satisfies FrameHead),
    inputs: Buffer.from(inputs.buffer, inputs.byteOffset, inputs.byteLength).toString('base64'),
    records: lines.join('\n'),
  };
}

/** The frame of an entry's fields (name, value, name, value …). Throws when it is none. */
export function decodeFrame(fields: readonly string[]): Frame {
  const entry: Record<string, string> = {};
  for (let at = 0; at + 1 < fields.length; at += 2) entry[fields[at]!] = fields[at + 1]!;
  const { head, inputs, records } = entry;
  if (head === undefined || inputs === undefined || records === undefined) throw new Error('an entry is no commit');
  return {
    ...(JSON.parse(head) as FrameHead),
    inputs: Buffer.from(inputs, 'base64'),
    lines: records === '' ? [] : records.split('\n'),
  };
}
