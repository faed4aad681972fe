import type { RedisConnection, RedisReply } from '../../redis/index.ts';
import { callScript, script } from './script.ts';

/**
 * Acknowledges entries of many streams, while the reader's generation is the present one: the ids of a reader that was
 * superseded may be under way with its successor.
 *
 * KEYS: fence, streams. ARGV: group, then for each stream a count and its ids. Answers how many, or -1 when superseded.
 */
const acknowledgeAll = script(`
if redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
local at, total = 2, 0
for i = 2, #KEYS do
  local count = tonumber(ARGV[at])
  at = at + 1
  for from = at, at + count - 1, 500 do
    total = total + redis.call('XACK', KEYS[i], ARGV[1], unpack(ARGV, from, math.min(from + 499, at + count - 1)))
  end
  at = at + count
end
return total
`);

export function acknowledge(
  connection: RedisConnection,
  { group, fence }: { group: string; fence: string },
  ids: ReadonlyMap<string, readonly string[]>,
): Promise<RedisReply> {
  const words = [group];
  for (const each of ids.values()) {
    words.push(String(each.length));
    for (const id of each) words.push(id);
  }
  return callScript(connection, acknowledgeAll, { keys: [fence, ...ids.keys()], words });
}
