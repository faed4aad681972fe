import type { Envelope } from '@inspector/contract';
import type { FaultSchedule } from './faults.ts';

type AccountStreamEnvelope = Envelope<'PROVIDER_ORDER_CREATE' | 'PROVIDER_ORDER_CLOSE' | 'PROVIDER_ACCOUNT_EVENT'>;
type Content<T> = T extends AccountStreamEnvelope ? Pick<T, 'type' | 'payload'> : never;

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** A uuid-shaped name of the n-th event of an exchange instance; the same on every run. */
export function paperEventId(instance: number, count: number): string {
  const place = hex(instance, 8);
  return `70617065-72${place.slice(0, 2)}-4${place.slice(2, 5)}-8${place.slice(5)}-${hex(count, 12)}`;
}

/** Collects the account's events of one call, numbered, with the event faults applied. */
export class AccountStream {
  #count = 0;
  #events: Envelope[] = [];
  readonly #instance: number;
  readonly #sequenced: boolean;

  constructor(settings: { instance: number; sequenced: boolean }) {
    this.#instance = settings.instance;
    this.#sequenced = settings.sequenced;
  }

  /** Number of the last event, which is also its `seq`. */
  get count(): number {
    return this.#count;
  }

  resumeAfter(count: number): void {
    this.#count = count;
  }

  emit(content: Content<AccountStreamEnvelope>, context: { now: number; faults: FaultSchedule }): void {
    this.#count += 1;
    const envelope: Envelope = {
      eventId: paperEventId(this.#instance, this.#count),
      source: 'PROVIDER',
      timestamp: context.now,
      ...(this.#sequenced ? { seq: this.#count } : {}),
      ...content,
    };
    for (let copies = context.faults.copiesOf(content.type); copies > 0; copies -= 1) this.#events.push(envelope);
  }

  /** The events since the last call, in order. */
  take(): Envelope[] {
    if (this.#events.length === 0) return [];
    const events = this.#events;
    this.#events = [];
    return events;
  }
}
