import type { RedisClientType } from 'redis';

const READ_LIMIT = 512;
const CONSUMER = 'one';

/**
 * The peer: reads `count` events of a group from the streams in hundreds, parses them, acknowledges them, and nothing else.
 * Answers events a second.
 */
export async function readBare(
  client: RedisClientType,
  { group, streams, count }: { group: string; streams: readonly string[]; count: number },
): Promise<number> {
  const asked = streams.map((key) => ({ key, id: '>' }));
  const begun = performance.now();
  for (let read = 0; read < count; ) {
    const reply = await client.xReadGroup(group, CONSUMER, asked, { COUNT: READ_LIMIT });
    if (!Array.isArray(reply)) throw new Error(`the streams ended after ${read} of ${count} events`);
    const acknowledged: Promise<unknown>[] = [];
    for (const { name, messages } of reply as Reply) {
      for (const { message } of messages) parsed = JSON.parse(message.event);
      read += messages.length;
      const ids = messages.map(({ id }) => id);
      acknowledged.push(client.xAck(name, group, ids));
    }
    await Promise.all(acknowledged);
  }
  if (parsed === undefined) throw new Error('nothing was parsed');
  return (count * 1000) / (performance.now() - begun);
}

type Reply = { name: string; messages: { id: string; message: { event: string } }[] }[];

/** Kept, so that parsing is not optimised away. */
let parsed: unknown;
