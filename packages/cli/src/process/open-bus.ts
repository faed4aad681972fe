import type { Environment } from '@inspector/contract';
import { type Bus, createMemoryBus, createRedisBus } from '@inspector/inspector/bus';
import type { Logger } from 'pino';

/** What passes by itself: the bus goes on trying, and says in its health that it is down. */
const PASSING: readonly string[] = ['REDIS_UNREACHABLE', 'REDIS_TIMEOUT', 'REDIS_LOADING'];

export interface OpenBus {
  /** Of this process, as Redis shows it. */
  name: string;
  /** Takes up what older clients publish on channels: one process of a system does. */
  bridge: boolean;
  log: Logger;
}

/** The bus of the configuration. Rejects with what to do when Redis refuses: a password, a permission, its version. */
export async function openBus({ bus }: Environment, { name, bridge, log }: OpenBus): Promise<Bus> {
  if (bus.kind === 'memory') return createMemoryBus();
  const redis = createRedisBus({ url: bus.url, name, bridge, log });
  try {
    await redis.ready();
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (!PASSING.includes(code)) {
      await redis.close();
      throw error;
    }
    log.warn({ code }, `${(error as Error).message}; it is tried again and again`);
  }
  return redis;
}
