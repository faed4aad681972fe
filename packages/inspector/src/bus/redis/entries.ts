import type { RedisReply } from '../../redis/index.ts';
import { compareIds } from './stream-id.ts';

/** One entry as it was read; no text when it was trimmed away before it could be, or has no field `event`. */
export interface Entry<Stream> {
  stream: Stream;
  id: string;
  text?: string;
  /** True when Redis still knew the id, and not the entry. */
  isGone: boolean;
}

/** The entries of one stream's reply, `[[id, [field, value, …]], …]`. */
export function entriesOf<Stream>(stream: Stream, reply: RedisReply): Entry<Stream>[] {
  return ((reply ?? []) as readonly RedisReply[]).map((each) => {
    const [id, fields] = each as readonly [string, readonly string[] | null];
    if (fields === null) return { stream, id, isGone: true };
    const text = fields[0] === 'event' ? fields[1] : eventField(fields);
    return text === undefined ? { stream, id, isGone: false } : { stream, id, text, isGone: false };
  });
}

function eventField(fields: readonly string[]): string | undefined {
  for (let index = 0; index + 1 < fields.length; index += 2) if (fields[index] === 'event') return fields[index + 1];
  return undefined;
}

/** The entries of several streams by id, which is the server's time; each list is in that order already. */
export function mergeEntries<Stream>(lists: readonly (readonly Entry<Stream>[])[]): readonly Entry<Stream>[] {
  if (lists.length < 2) return lists[0] ?? [];
  if (lists.length === 2) return mergeTwo(lists[0]!, lists[1]!);
  const half = lists.length >> 1;
  return mergeTwo(mergeEntries(lists.slice(0, half)), mergeEntries(lists.slice(half)));
}

function mergeTwo<Stream>(one: readonly Entry<Stream>[], two: readonly Entry<Stream>[]): Entry<Stream>[] {
  const merged: Entry<Stream>[] = [];
  let next = 0;
  for (const entry of one) {
    for (; next < two.length && compareIds(two[next]!.id, entry.id) < 0; next++) merged.push(two[next]!);
    merged.push(entry);
  }
  for (; next < two.length; next++) merged.push(two[next]!);
  return merged;
}
