export { equitySamples } from './equity-sample.ts';
export { type AnalyticalCopy, createOutbox, type OutboxConfig, type OutboxState } from './outbox.ts';
