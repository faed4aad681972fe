/** What views read and send by. */
export * from './account-queries.ts';
export * from './audit-queries.ts';
export { type AuditTrail, TRAIL_RECORDS, type TrailPicture } from './audit-trail.ts';
export * from './commands.ts';
export { type Connection, isOutdated } from './connection.ts';
export { useStudioData } from './data-context.tsx';
export * from './live-hooks.ts';
export type { LivePrice } from './price-store.ts';
export { queryKeys } from './query-keys.ts';
export type { Answer } from './reading.ts';
export { isOutcomeUnknown, isRestError, type RestError } from './rest-error.ts';
export * from './venue-queries.ts';
