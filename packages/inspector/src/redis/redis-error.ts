/** What stands in the way of using a Redis. */
export type RedisErrorCode =
  | 'REDIS_URL'
  | 'REDIS_UNREACHABLE'
  | 'REDIS_TIMEOUT'
  | 'REDIS_AUTH'
  | 'REDIS_PERMISSION'
  | 'REDIS_VERSION'
  | 'REDIS_READ_ONLY'
  | 'REDIS_LOADING'
  | 'REDIS_CLOSED'
  | 'REDIS_REFUSED';

/** The message says what to do and shows neither user nor password. */
export interface RedisError extends Error {
  code: RedisErrorCode;
}

export function redisError(code: RedisErrorCode, message: string): RedisError {
  return Object.assign(new Error(message), { name: 'RedisError', code });
}
