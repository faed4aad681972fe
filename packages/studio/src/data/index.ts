/** What views read and send by. */
export * from './account-queries.ts';
export * from './audit-queries.ts';
export * from './commands.ts';
export { isOutdated } from './connection.ts';
export { useStudioData } from './data-context.tsx';
export * from './live-hooks.ts';
export { mergeRecords } from './merge-records.ts';
export { queryKeys } from './query-keys.ts';
export type { Answer } from './reading.ts';
export { isOutcomeUnknown, isRestError, type RestError } from './rest-error.ts';
export { type MarketSymbol, symbolKeyOf } from './symbol-key.ts';
export { usePositionValue } from './use-position-value.ts';
export { type Records, useRecords } from './use-records.ts';
export { useTickSize } from './use-tick-size.ts';
export * from './venue-queries.ts';
