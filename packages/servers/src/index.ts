/** Real servers for tests, benchmarks and `npm run stack`: started on loopback, ended by pid. */
export { type PrometheusServer, prometheusMissing, startPrometheus } from './prometheus.ts';
export { type QuestdbConfig, type QuestdbServer, questdbMissing, startQuestdb } from './questdb.ts';
export { type RedisServer, type RedisServerConfig, redisMissing, startRedis } from './redis.ts';
