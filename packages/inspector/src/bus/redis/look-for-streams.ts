import type { RedisConnection } from '../../redis/index.ts';
import { SCAN_CALLS, SCAN_KEYS } from './bounds.ts';

/**
 * Finds streams by the beginnings of their names. The first look goes through all keys; each later one makes at most
 * `SCAN_CALLS` calls and goes on where the last one stopped, so that a server shared with others is not held up.
 */
export function createLook(connection: RedisConnection, prefixes: readonly string[]): () => Promise<string[]> {
  let cursor = '0';
  let isFirst = true;
  return async () => {
    if (prefixes.length === 0) return [];
    const found = new Set<string>();
    for (let calls = 0; isFirst || calls < SCAN_CALLS; calls++) {
      const words = ['SCAN', cursor, 'MATCH', 'bus:*', 'COUNT', String(SCAN_KEYS), 'TYPE', 'stream'];
      const [next, names] = (await connection.send(words)) as readonly [string, readonly string[]];
      for (const name of names) if (prefixes.some((prefix) => name.startsWith(prefix))) found.add(name);
      cursor = next;
      if (cursor === '0') break;
    }
    isFirst = false;
    return [...found];
  };
}
