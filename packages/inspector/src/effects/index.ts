/** What leaves for the venue, and what the venue is asked. */
export {
  createEffectExecutor,
  type EffectCounts,
  type EffectExecutor,
  type EffectExecutorConfig,
} from './effect-executor.ts';
export { createHttpProviderClient, type HttpProviderConfig } from './http-provider-client.ts';
export type * from './provider-client.ts';
