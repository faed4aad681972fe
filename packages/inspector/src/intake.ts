import { type Envelope, eventTypes } from '@inspector/contract';
import type { Bus } from './bus/bus.ts';
import { type Decoder, deadLetterInput } from './ingest/index.ts';
import type { Clock } from './runner/clock.ts';
import type { Runner } from './runner/runner-port.ts';
import type { BusLatency } from './views/bus-latency.ts';
import type { ConnectorWatch } from './views/connector-watch.ts';

/** What the Inspector hears; its own events it only speaks. */
const heardTypes = eventTypes.filter((type) => !type.startsWith('INSPECTOR_'));

/** A batch of events is acknowledged when it is stored, or after this long: a stalled disk must not stop the prices. */
const STORED_WITHIN_MS = 1_000;

export interface IntakeConfig {
  bus: Pick<Bus, 'subscribe' | 'onDeadLetter'>;
  /** Names the consumer on the bus: the same name goes on where it stopped. */
  name: string;
  runner: Pick<Runner<unknown>, 'submit' | 'durable'>;
  decoder: Decoder;
  clock: Clock;
  connectors: Pick<ConnectorWatch, 'note'>;
  busLatency: Pick<BusLatency, 'note'>;
}

/**
 * The way in: every event of the bus becomes inputs in one place. A batch of which something was not taken comes again,
 * so that no account event is passed over; what the bus itself refuses is put on record. The answer ends it.
 */
export function startIntake(config: IntakeConfig): () => Promise<void> {
  const { bus, name, runner, decoder, clock, connectors, busLatency } = config;

  function take(envelope: Envelope, now: number): void {
    connectors.note(envelope, now);
    busLatency.note(envelope.type, now - envelope.timestamp);
    for (const input of decoder.decode(envelope, now)) {
      if (runner.submit(input) === 'refused') throw new Error(`a ${input.kind} input could not be taken`);
    }
  }

  const subscription = bus.subscribe({
    name,
    types: heardTypes,
    async handle(events) {
      const now = clock.now();
      for (const envelope of events) take(envelope, now);
      await storedWithin(runner.durable(), clock);
    },
  });
  const hearNoMore = bus.onDeadLetter((letter) => void runner.submit(deadLetterInput(letter, clock.now())));
  return async () => {
    hearNoMore();
    await subscription.close();
  };
}

async function storedWithin(stored: Promise<void>, clock: Clock): Promise<void> {
  let cancel: (() => void) | undefined;
  const late = new Promise<void>((resolve) => {
    cancel = clock.after(STORED_WITHIN_MS, resolve);
  });
  await Promise.race([stored, late]);
  cancel?.();
}
