import { type RedisError, redisError } from './redis-error.ts';

/** Characters of the server's own words that a message shows. */
const WORDS_LIMIT = 200;

/** An ACL rule that is enough for the bus. */
export const BUS_PERMISSIONS =
  '~bus:* ~inspector:* &* +@stream +@scripting +@pubsub +@connection +info +scan +get +set +del +exists';

/** Kinds of trouble by how the server's answer begins. */
const answers: readonly [RegExp, (place: string, words: string) => RedisError][] = [
  [
    /^(WRONGPASS|NOAUTH|ERR (AUTH|invalid password|Client sent AUTH))/,
    (place, words) =>
      redisError('REDIS_AUTH', `${place} refuses user or password (${words}): correct them in EVENT_BUS_URL`),
  ],
  [
    // A script's own commands are not named by the server.
    /^NOPERM|user executing the script can't/,
    (place, words) =>
      redisError(
        'REDIS_PERMISSION',
        `${place} forbids it (${words}): give the user by ACL SETUSER what is missing; the bus needs ${BUS_PERMISSIONS}`,
      ),
  ],
  [
    /^READONLY/,
    (place) =>
      redisError('REDIS_READ_ONLY', `${place} is a replica and takes no writes: name the primary in EVENT_BUS_URL`),
  ],
  [
    /^(LOADING|MASTERDOWN|BUSY )/,
    (place, words) =>
      redisError('REDIS_LOADING', `${place} is not ready yet (${words}): it is asked again until it is`),
  ],
];

/**
 * A coded error of whatever a Redis call failed with, saying what to do. `place` is the server without credentials,
 * such as `redis://cache:6379`. A coded error comes back as it is.
 */
export function explainRedisError(error: unknown, place: string): RedisError {
  if (isRedisError(error)) return error;
  const words = wordsOf(error);
  for (const [begins, explain] of answers) if (begins.test(words)) return explain(place, words);
  const code = (error as { code?: unknown } | null)?.code;
  const isAnswer = /^[A-Z]{2,} /.test(words) && typeof code !== 'string';
  if (isAnswer) return redisError('REDIS_REFUSED', `${place} refuses: ${words}`);
  return redisError(
    'REDIS_UNREACHABLE',
    `nothing usable answers at ${place} (${words}): start Redis there, or correct EVENT_BUS_URL`,
  );
}

function isRedisError(error: unknown): error is RedisError {
  return error instanceof Error && error.name === 'RedisError';
}

/** An AggregateError, as of a name with two addresses, has no words of its own. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return error.errors
      .map((each: unknown) => wordsOf(each))
      .join('; ')
      .slice(0, WORDS_LIMIT);
  }
  return (error instanceof Error ? error.message || error.name : String(error)).slice(0, WORDS_LIMIT);
}
