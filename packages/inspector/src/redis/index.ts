export {
  openRedis,
  type RedisClient,
  type RedisConfig,
  type RedisConnection,
  type RedisLog,
  type RedisReply,
} from './connection.ts';
export { explainRedisError } from './explain-redis-error.ts';
export { type RedisError, type RedisErrorCode, redisError } from './redis-error.ts';
