export { equitySamples } from './equity-sample.ts';
export { type AnalyticalCopy, createOutbox, type OutboxState } from './outbox.ts';
