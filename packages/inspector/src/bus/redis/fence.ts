/**
 * Who reads a group. Every read names, beside the streams, a key that belongs to the present generation of readers; a
 * takeover removes that key and makes another. So a reader that was frozen and wakes up gets NOGROUP for the whole read,
 * in one step with it, and takes nothing from its successor, whatever it still believes.
 */
import { randomUUID } from 'node:crypto';
import type { RedisConnection } from '../../redis/index.ts';
import { callScript, script } from './script.ts';

export const FENCE_PREFIX = 'bus:fence:';

const pointerOf = (group: string) => FENCE_PREFIX + group;
export const fenceOf = (group: string, generation: string): string => `${FENCE_PREFIX}${group}:${generation}`;

// KEYS: pointer, own fence. ARGV: own generation, group, fences' beginning.
const takeOver = script(`
local old = redis.call('GET', KEYS[1])
if old then redis.call('DEL', ARGV[3] .. old) end
redis.call('SET', KEYS[1], ARGV[1])
redis.call('XGROUP', 'CREATE', KEYS[2], ARGV[2], '0', 'MKSTREAM')
return ARGV[1]
`);

const join = script(`
local present = redis.call('GET', KEYS[1])
if not present then
  redis.call('SET', KEYS[1], ARGV[1])
  present = ARGV[1]
end
local fence = ARGV[3] .. present
if redis.call('EXISTS', fence) == 0 then redis.call('XGROUP', 'CREATE', fence, ARGV[2], '0', 'MKSTREAM') end
return present
`);

/** Begins a generation, or joins the present one; answers its name. */
export async function enterGeneration(
  connection: RedisConnection,
  group: string,
  kind: 'take over' | 'join',
): Promise<string> {
  const generation = randomUUID();
  const called = kind === 'join' ? join : takeOver;
  const answer = await callScript(connection, called, {
    keys: [pointerOf(group), fenceOf(group, generation)],
    words: [generation, group, `${pointerOf(group)}:`],
  });
  return String(answer);
}

/** `gone`: the server was emptied, or is another one. `superseded`: another reader took the group over. */
export async function judgeGeneration(
  connection: RedisConnection,
  group: string,
  generation: string,
): Promise<'ours' | 'gone' | 'superseded'> {
  const [pointer, fence] = await Promise.all([
    connection.send(['GET', pointerOf(group)]),
    connection.send(['EXISTS', fenceOf(group, generation)]),
  ]);
  if (pointer === null) return 'gone';
  if (pointer !== generation) return 'superseded';
  return fence === 1 ? 'ours' : 'gone';
}
