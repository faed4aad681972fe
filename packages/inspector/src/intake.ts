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
  bus: Pick<Bus, 'subscribe' | 'onDeadLetter' | 'onGap'>;
  /** Names the consumer on the bus: the same name goes on where it stopped. */
  name: string;
  /** Only events of these accounts; null: of all. */
  accounts: readonly string[] | null;
  /** While it answers false another instance may be the one that reads. */
  mayRead?: () => boolean;
  /** Events may have been lost: the accounts are to be compared with the venue. */
  onGap: () => void;
  runner: Pick<Runner<unknown>, 'submit' | 'durable' | 'mark' | 'positions'>;
  decoder: Decoder;
  clock: Clock;
  connectors: Pick<ConnectorWatch, 'note'>;
  busLatency: Pick<BusLatency, 'note'>;
}

export interface Intake {
  /** Resolves when events are heard. */
  started: Promise<void>;
  stop(): Promise<void>;
}

/**
 * The way in: every event of the bus becomes inputs in one place. A batch of which something was not taken comes again,
 * so that no account event is passed over; what the bus itself refuses is put on record.
 */
export function startIntake(config: IntakeConfig): Intake {
  const { bus, name, accounts, mayRead, runner, decoder, clock, connectors, busLatency } = config;

  function take(envelope: Envelope, now: number): void {
    connectors.note(envelope, now);
    busLatency.note(envelope.type, now - envelope.timestamp);
    for (const input of decoder.decode(envelope, now)) {
      if (runner.submit(input) === 'refused') throw new Error(`a ${input.kind} input could not be taken`);
    }
  }

  const after = runner.positions();
  const subscription = bus.subscribe({
    name,
    types: heardTypes,
    ...(accounts === null ? {} : { accounts }),
    ...(mayRead === undefined ? {} : { mayRead }),
    // What the journal holds is not to come again, and what it does not is: whoever read before this start.
    ...(Object.keys(after).length === 0 ? {} : { after }),
    async handle(events, positions) {
      const now = clock.now();
      for (const envelope of events) take(envelope, now);
      runner.mark(positions);
      await storedWithin(runner.durable(), clock);
    },
  });
  const hearNoMore = bus.onDeadLetter((letter) => void runner.submit(deadLetterInput(letter, clock.now())));
  const hearNoGaps = bus.onGap(({ subscriber, stream, reason }) => {
    if (subscriber !== name) return;
    const accountKey = accountOfStream(stream);
    runner.submit({
      kind: 'stream-gap',
      now: clock.now(),
      reason,
      ...(accountKey === undefined ? {} : { accountKey }),
    });
    config.onGap();
  });
  return {
    started: subscription.started,
    async stop() {
      hearNoMore();
      hearNoGaps();
      await subscription.close();
    },
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

/** Of `bus:acct:<accountKey>`; undefined for a stream that is of no account alone. */
const accountOfStream = (stream: string): string | undefined => /^bus:acct:(.+)$/.exec(stream)?.[1];
