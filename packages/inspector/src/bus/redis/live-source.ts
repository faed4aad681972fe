import type { RedisConnection, RedisReply } from '../../redis/index.ts';
import { READ_DEADLINE_MS } from './bounds.ts';
import { entriesOf } from './entries.ts';
import type { Source } from './source.ts';
import { readStreamFacts } from './stream-facts.ts';

/** Reads without a group: nothing is kept for it at the server, and it goes on from what it remembers. */
export function createLiveSource({
  commands,
  reading,
}: {
  commands: RedisConnection;
  reading: RedisConnection;
}): Source {
  return {
    enter: async () => 'entered',
    facts: (names) => readStreamFacts(commands, names, ''),
    place: async () => {},
    async read(streams, count, blockMs) {
      if (streams.length === 0) {
        await new Promise((resolve) => setTimeout(resolve, blockMs));
        return [];
      }
      for (const stream of streams) stream.phase = 'live';
      const words = ['XREAD', 'COUNT', String(count), 'BLOCK', String(blockMs), 'STREAMS'];
      for (const { name } of streams) words.push(name);
      for (const { lastRead } of streams) words.push(lastRead);
      const reply = (await reading.send(words, blockMs + READ_DEADLINE_MS)) as readonly [string, RedisReply][] | null;
      const byName = new Map(streams.map((stream) => [stream.name, stream]));
      return (reply ?? []).map(([name, entries]) => entriesOf(byName.get(name)!, entries));
    },
    claim: async () => [],
    acknowledge: async () => {},
  };
}
