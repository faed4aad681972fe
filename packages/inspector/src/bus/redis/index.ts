export { createRedisBus, type RedisBus, type RedisBusConfig } from './redis-bus.ts';
