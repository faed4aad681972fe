import { redisError } from './redis-error.ts';

export interface RedisServerFacts {
  /** Of this start of the server; unknown where `INFO` is forbidden. */
  runId?: string;
  version?: string;
}

/** Streams with `XAUTOCLAIM`, `NOMKSTREAM` and trimming by id. Every Valkey has them. */
const NEEDED = [6, 2] as const;

/**
 * Judges what `INFO` says. Throws `REDIS_VERSION`, `REDIS_READ_ONLY` or `REDIS_LOADING`. Without `INFO` (an ACL may
 * forbid it) there is nothing to judge, and what is missing shows when it is used.
 */
export function checkServer(info: string | undefined, place: string): RedisServerFacts {
  if (info === undefined) return {};
  const fields = new Map(
    info.split('\n').map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
  );
  const valkey = fields.get('valkey_version');
  const version = fields.get('redis_version');
  if (valkey === undefined && version !== undefined && isOlder(version)) {
    throw redisError(
      'REDIS_VERSION',
      `${place} is Redis ${version}, the bus needs Redis ${NEEDED.join('.')} or later, or Valkey: upgrade it`,
    );
  }
  if (fields.get('loading') === '1') throw redisError('REDIS_LOADING', `${place} is loading its data`);
  if (fields.get('role') === 'slave') {
    throw redisError('REDIS_READ_ONLY', `${place} is a replica and takes no writes: name the primary in EVENT_BUS_URL`);
  }
  const facts: RedisServerFacts = {};
  const runId = fields.get('run_id');
  if (runId !== undefined) facts.runId = runId;
  const shown = valkey ?? version;
  if (shown !== undefined) facts.version = shown;
  return facts;
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1]);
}
