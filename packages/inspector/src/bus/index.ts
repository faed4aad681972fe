export { isMarketData } from './admit.ts';
export { MESSAGE_LIMIT_BYTES } from './bounds.ts';
export type { Bus, BusGap, BusPositions, BusStatistics, Subscriber, Subscription } from './bus.ts';
export { type BusError, type BusErrorCode, busError } from './bus-error.ts';
export { type DeadLetter, type DeadLetterCode, deadLetter, deadLetterCodes } from './dead-letter.ts';
export { createMemoryBus, type MemoryBus, type MemoryBusOptions } from './memory.ts';
export { type Received, receiveEnvelope } from './receive.ts';
export { createRedisBus, type RedisBus, type RedisBusConfig } from './redis/index.ts';
export { unwrapFrame } from './unwrap-frame.ts';
