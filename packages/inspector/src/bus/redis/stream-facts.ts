import type { RedisConnection, RedisReply } from '../../redis/index.ts';
import { FIRST_ID } from './stream-id.ts';

/** What Redis knows of a stream and of one group of it. */
export interface StreamFacts {
  exists: boolean;
  /** The oldest entry's id; unset when it has none. */
  first?: string;
  /** The id that was given last, to an entry that may be gone. */
  last: string;
  group?: { lastDelivered: string; pending: number };
}

/** Of all of them in one turn. Rejects when one of the names is not a stream. */
export function readStreamFacts(
  connection: RedisConnection,
  names: readonly string[],
  group: string,
): Promise<StreamFacts[]> {
  return Promise.all(names.map((name) => factsOf(connection, name, group)));
}

async function factsOf(connection: RedisConnection, name: string, group: string): Promise<StreamFacts> {
  const asked = [connection.send(['XINFO', 'STREAM', name]), connection.send(['XINFO', 'GROUPS', name])] as const;
  const [stream, groups] = await Promise.allSettled(asked);
  if (stream.status === 'rejected' || groups.status === 'rejected') {
    const reason = stream.status === 'rejected' ? stream.reason : (groups as PromiseRejectedResult).reason;
    if (/no such key/.test(String(reason?.message))) return { exists: false, last: FIRST_ID };
    throw reason;
  }
  const fields = fieldsOf(stream.value);
  const facts: StreamFacts = { exists: true, last: String(fields.get('last-generated-id')) };
  const first = fields.get('first-entry');
  if (Array.isArray(first)) facts.first = String(first[0]);
  for (const each of groups.value as RedisReply[]) {
    const found = fieldsOf(each);
    if (found.get('name') !== group) continue;
    facts.group = { lastDelivered: String(found.get('last-delivered-id')), pending: Number(found.get('pending')) };
  }
  return facts;
}

/** A reply of names and values, one after the other. */
export function fieldsOf(reply: RedisReply): Map<string, RedisReply> {
  const list = reply as readonly RedisReply[];
  const fields = new Map<string, RedisReply>();
  for (let index = 0; index + 1 < list.length; index += 2) fields.set(String(list[index]), list[index + 1] ?? null);
  return fields;
}
