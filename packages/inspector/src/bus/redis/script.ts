import { createHash } from 'node:crypto';
import type { RedisConnection, RedisReply } from '../../redis/index.ts';

export interface Script {
  readonly text: string;
  readonly sha: string;
}

export const script = (text: string): Script => ({ text, sha: createHash('sha1').update(text).digest('hex') });

/** Makes the server know it. Pipelined before the first `runScript` of a connection, so that no call finds it missing. */
export function loadScript(connection: RedisConnection, { text }: Script): Promise<RedisReply> {
  return connection.send(['SCRIPT', 'LOAD', text]);
}

/** Runs a script that was loaded; only `SCRIPT FLUSH` makes that fail, with NOSCRIPT. */
export function runScript(
  connection: RedisConnection,
  { sha }: Script,
  { keys, words }: { keys: readonly string[]; words: readonly string[] },
): Promise<RedisReply> {
  return connection.send(['EVALSHA', sha, String(keys.length), ...keys, ...words]);
}

/** Runs a script now and then: once by name, and with its text where the server does not know it. */
export async function callScript(
  connection: RedisConnection,
  called: Script,
  { keys, words }: { keys: readonly string[]; words: readonly string[] },
): Promise<RedisReply> {
  try {
    return await runScript(connection, called, { keys, words });
  } catch (error) {
    if (!String((error as Error).message).startsWith('NOSCRIPT')) throw error;
    return connection.send(['EVAL', called.text, String(keys.length), ...keys, ...words]);
  }
}
