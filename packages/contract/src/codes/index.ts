/** The closed sets of names and their sentences, without a schema: small enough for a page. */
export * from './audit-kinds.ts';
export * from './close-codes.ts';
export * from './decision-codes.ts';
export * from './error-codes.ts';
export * from './policies.ts';
