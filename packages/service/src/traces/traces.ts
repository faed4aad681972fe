import type { FinishedSpan } from './finished-span.ts';

/** Takes finished spans to a collector. Whatever becomes of them, nobody waits and nothing throws. */
export interface Traces {
  add(span: FinishedSpan): void;
  /** Counts spans that were let go before they came to be. */
  letGo(count: number): void;
  /** Spans since the start: taken by the collector, and let go. */
  counts(): { sent: number; dropped: number };
  /** Sends what waits, for a short while, and ends. A second call waits for the first. */
  stop(): Promise<void>;
}

export interface TracesConfig {
  serviceName: string;
  version: string;
  /** `http://host:4318` of a collector; `/v1/traces` is added. User and password, if any, go as a header. */
  url: string;
  log: TracesLog;
}

export interface TracesLog {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
}
