import type { Envelope, EventType } from '@inspector/contract';

/** What the Provider needs of the bus; every implementation of the project fits. */
export interface EventBus {
  /** Resolves when the bus holds the event. A rejection means that nobody got it. */
  publish(publisher: 'PROVIDER', envelope: Envelope): Promise<void>;
  subscribe(subscriber: {
    name: string;
    types: readonly EventType[];
    /** Only what comes from now on: what was missed is in the audit trail. */
    mode: 'live';
    handle(events: readonly Envelope[]): void;
  }): { close(): Promise<void> };
}
