/** What views read and send by. */
export * from './account-queries.ts';
export * from './audit-queries.ts';
export * from './commands.ts';
export { isOutdated } from './connection.ts';
export { useStudioData } from './data-context.tsx';
export * from './live-hooks.ts';
export { queryKeys } from './query-keys.ts';
export type { Answer } from './reading.ts';
export { isOutcomeUnknown, isRestError, type RestError } from './rest-error.ts';
export * from './venue-queries.ts';
