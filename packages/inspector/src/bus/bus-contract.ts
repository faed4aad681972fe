/**
 * What every bus must do, as tests. An implementation's own test file calls `testBus` with a way to make one.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Envelope, EventSource, EventType } from '@inspector/contract';
import type { Bus } from './bus.ts';
import type { DeadLetter } from './dead-letter.ts';

export interface BusHarness {
  bus: Bus;
  /** Puts a message on a channel as a stranger could, past `publish`. */
  inject(channel: EventType, message: unknown): Promise<void> | void;
  /** Ends what the harness itself began; the bus is closed by then. */
  dispose?(): Promise<void>;
}

export interface BusLimits {
  /** The harness makes the bus with these, so that the bounds can be reached. */
  queueLimit: number;
  batchLimit: number;
  redeliveryDelayMs: number;
}

const LIMITS: BusLimits = { queueLimit: 8, batchLimit: 4, redeliveryDelayMs: 1 };
/** A wait that fails the test instead of hanging it. */
const PATIENCE_MS = 10_000;

export function testBus(name: string, open: (limits: BusLimits) => Promise<BusHarness> | BusHarness): void {
  const busTest = (title: string, run: (harness: BusHarness) => Promise<void>) =>
    test(`${name}: ${title}`, async () => {
      const harness = await open(LIMITS);
      try {
        await run(harness);
      } finally {
        await harness.bus.close();
        await harness.dispose?.();
      }
    });

  busTest('delivers to every subscription of the type and to no other', async ({ bus }) => {
    const first = collect(bus, 'first', ['PROVIDER_ACCOUNT_EVENT']);
    const second = collect(bus, 'second', ['PROVIDER_ACCOUNT_EVENT', 'PROVIDER_ORDER_CREATE']);
    const other = collect(bus, 'other', ['PROVIDER_ORDER_CREATE']);
    await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', 1));
    await bus.publish('PROVIDER', event('PROVIDER_ORDER_CREATE', 2));
    await until(() => first.length === 1 && second.length === 2 && other.length === 1);
    assert.deepEqual(numbers(first), [1]);
    assert.deepEqual(numbers(second), [1, 2]);
    assert.deepEqual(numbers(other), [2]);
  });

  busTest('keeps the order of one account across types', async ({ bus }) => {
    const seen = collect(bus, 'ordered', [
      'PROVIDER_ACCOUNT_EVENT',
      'PROVIDER_ORDER_CREATE',
      'DETECTOR_POSITION_OPEN_REQUEST',
    ]);
    const types = ['PROVIDER_ORDER_CREATE', 'PROVIDER_ACCOUNT_EVENT', 'DETECTOR_POSITION_OPEN_REQUEST'] as const;
    for (let number = 0; number < 40; number++) {
      const type = types[number % 3]!;
      await bus.publish(type.startsWith('DETECTOR') ? 'DETECTOR' : 'PROVIDER', event(type, number));
      if (number % 5 === 4) await until(() => seen.length === number + 1); // stays under the queue's bound
    }
    await until(() => seen.length === 40);
    assert.deepEqual(
      numbers(seen),
      Array.from({ length: 40 }, (_, index) => index),
    );
  });

  busTest('hands over an event as it was published', async ({ bus }) => {
    const seen = collect(bus, 'whole', ['PROVIDER_ORDER_CREATE']);
    const sent = {
      ...event('PROVIDER_ORDER_CREATE', 7),
      correlationId: 'cause',
      seq: 12,
      epoch: 3,
      unknownField: 'kept',
    };
    await bus.publish('PROVIDER', sent);
    await until(() => seen.length === 1);
    assert.deepEqual(seen[0], sent);
  });

  busTest('a batch whose handler fails comes again, whole and before what follows', async ({ bus }) => {
    const deliveries: number[][] = [];
    let failures = 2;
    bus.subscribe({
      name: 'failing',
      types: ['PROVIDER_ACCOUNT_EVENT'],
      async handle(events) {
        deliveries.push(numbers(events));
        if (failures-- > 0) throw new Error('not now');
      },
    });
    await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', 1));
    await until(() => deliveries.length >= 1);
    await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', 2));
    await until(() => deliveries.flat().includes(2));
    assert.deepEqual(deliveries, [[1], [1], [1], [2]]);
  });

  busTest('an event that always fails is dead-lettered and does not hold up the next', async ({ bus }) => {
    const letters = deadLetters(bus);
    const handled: number[] = [];
    bus.subscribe({
      name: 'poisoned',
      types: ['PROVIDER_ACCOUNT_EVENT'],
      handle(events) {
        if (numbers(events).includes(13)) throw new Error('poison');
        handled.push(...numbers(events));
      },
    });
    await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', 13));
    await until(() => letters.length === 1);
    await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', 14));
    await until(() => handled.length === 1);
    assert.equal(letters[0]?.code, 'HANDLER_FAILED');
    assert.equal(letters[0]?.eventId, event('PROVIDER_ACCOUNT_EVENT', 13).eventId);
    assert.match(letters[0]?.reason ?? '', /poisoned: poison/);
    assert.deepEqual(handled, [14]);
  });

  const impostors: [EventSource, EventType, EventSource][] = [
    ['DETECTOR', 'PROVIDER_ACCOUNT_EVENT', 'PROVIDER'],
    ['DETECTOR', 'PROVIDER_ACCOUNT_EVENT', 'DETECTOR'],
    ['PROVIDER', 'INSPECTOR_RISK_KILL_SWITCH', 'INSPECTOR'],
    ['ADVISOR', 'DETECTOR_POSITION_OPEN_REQUEST', 'ADVISOR'],
  ];
  for (const [publisher, type, source] of impostors) {
    busTest(`refuses ${type} with source ${source} from ${publisher} with SOURCE_MISMATCH`, async ({ bus }) => {
      const seen = collect(bus, 'never', [type]);
      await assert.rejects(bus.publish(publisher, { ...event(type, 1), source } as Envelope), {
        code: 'SOURCE_MISMATCH',
      });
      await settle();
      assert.equal(seen.length, 0);
    });
  }

  busTest('refuses a type that does not exist with TYPE_UNKNOWN', async ({ bus }) => {
    const unknown = { ...event('PROVIDER_ACCOUNT_EVENT', 1), type: 'PROVIDER_NONSENSE' } as unknown as Envelope;
    await assert.rejects(bus.publish('PROVIDER', unknown), { code: 'TYPE_UNKNOWN' });
  });

  busTest(
    'dead-letters at receipt what is not from its source, no envelope, or of no known type',
    async ({ bus, inject }) => {
      const letters = deadLetters(bus);
      const seen = collect(bus, 'strict', ['PROVIDER_ACCOUNT_EVENT']);
      await inject('PROVIDER_ACCOUNT_EVENT', { ...event('PROVIDER_ACCOUNT_EVENT', 1), source: 'DETECTOR' });
      await inject('PROVIDER_ACCOUNT_EVENT', '{"half":');
      await inject('PROVIDER_ACCOUNT_EVENT', { ...event('PROVIDER_ACCOUNT_EVENT', 2), type: 'PROVIDER_NONSENSE' });
      await inject('PROVIDER_ACCOUNT_EVENT', event('PROVIDER_ACCOUNT_EVENT', 3));
      await until(() => letters.length === 3 && seen.length === 1);
      assert.deepEqual(
        letters.map((letter) => letter.code),
        ['SOURCE_MISMATCH', 'ENVELOPE_INVALID', 'TYPE_UNKNOWN'],
      );
      assert.deepEqual(numbers(seen), [3]);
    },
  );

  busTest('sheds the oldest market data of a slow subscription, and nothing else', async ({ bus }) => {
    const { seen, gate, held, subscription } = stuck(bus, ['PROVIDER_MARKETDATA_TRADE', 'PROVIDER_ACCOUNT_EVENT']);
    await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', 0));
    await held; // the handler now holds 0 and the queue is empty
    for (let number = 1; number <= 6; number++)
      await bus.publish('PROVIDER', event('PROVIDER_MARKETDATA_TRADE', number));
    for (let number = 7; number <= 10; number++) await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', number));
    await bus.publish('PROVIDER', event('PROVIDER_MARKETDATA_TRADE', 11));
    await until(() => subscription.shed === 3);
    gate.resolve();
    await until(() => seen.length === 9);
    // Each in its order; between the two nothing is promised, they travel on streams of their own.
    const isTrade = ({ type }: Envelope) => type === 'PROVIDER_MARKETDATA_TRADE';
    assert.deepEqual(numbers(seen.filter(isTrade)), [4, 5, 6, 11]);
    assert.deepEqual(numbers(seen.filter((envelope) => !isTrade(envelope))), [0, 7, 8, 9, 10]);
    assert.equal(bus.statistics().shed, 3);
  });

  busTest('tells the publisher BUS_FULL when only events are left that may not be shed', async ({ bus }) => {
    const { seen, gate, held } = stuck(bus, ['PROVIDER_ACCOUNT_EVENT', 'PROVIDER_MARKETDATA_TRADE']);
    await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', 0));
    await held;
    for (let number = 1; number <= LIMITS.queueLimit; number++)
      await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', number));
    await assert.rejects(bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', 99)), { code: 'BUS_FULL' });
    await bus.publish('PROVIDER', event('PROVIDER_MARKETDATA_TRADE', 98)); // its publisher is not held up
    gate.resolve();
    // Whether 98 is shed depends on when a server's stream is read, so it is left out here.
    const accountEvents = () => numbers(seen).filter((number) => number !== 98);
    await until(() => accountEvents().length === LIMITS.queueLimit + 1);
    await until(() => bus.statistics().delivered >= LIMITS.queueLimit + 1); // acknowledged, so there is room again
    await publishUntilTaken(bus, event('PROVIDER_ACCOUNT_EVENT', 99));
    await until(() => accountEvents().length === LIMITS.queueLimit + 2);
    assert.deepEqual(accountEvents(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 99]);
  });

  busTest('delivers the events of its accounts and the market data of their connectors only', async ({ bus }) => {
    const seen: Envelope[] = [];
    bus.subscribe({
      name: 'accounts',
      types: ['PROVIDER_ACCOUNT_EVENT', 'DETECTOR_POSITION_OPEN_REQUEST', 'PROVIDER_MARKETDATA_TRADE'],
      accounts: ['paper:futures', 'paper:spot:main'],
      handle: (events) => void seen.push(...events),
    });
    const everything = collect(bus, 'everything', ['PROVIDER_ACCOUNT_EVENT', 'PROVIDER_MARKETDATA_TRADE']);
    const main = { marketType: 'spot', accountId: 'main' };
    const other = { marketType: 'spot', accountId: 'other' };
    await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', 0));
    await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', 1, main));
    await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', 2, other));
    await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', 3, { connectorType: 'binance' }));
    await bus.publish('DETECTOR', event('DETECTOR_POSITION_OPEN_REQUEST', 4, other));
    await bus.publish('DETECTOR', event('DETECTOR_POSITION_OPEN_REQUEST', 5, main));
    await until(() => everything.length === 4 && seen.length === 3);
    await bus.publish('PROVIDER', event('PROVIDER_MARKETDATA_TRADE', 6, { marketType: 'spot' }));
    await bus.publish('PROVIDER', event('PROVIDER_MARKETDATA_TRADE', 7, { connectorType: 'binance' }));
    await until(() => everything.length === 6 && seen.length === 4);
    await settle();
    assert.deepEqual(
      numbers(seen).sort((one, two) => one - two),
      [0, 1, 5, 6],
    );
  });

  busTest('reads nothing while it may not, and then everything', async ({ bus }) => {
    let mayRead = true;
    const seen: Envelope[] = [];
    bus.subscribe({
      name: 'standby',
      types: ['PROVIDER_ACCOUNT_EVENT'],
      mayRead: () => mayRead,
      handle: (events) => void seen.push(...events),
    });
    await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', 1));
    await until(() => seen.length === 1);
    mayRead = false;
    await new Promise((resolve) => setTimeout(resolve, 500)); // a read that had begun is over
    await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', 2));
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.deepEqual(numbers(seen), [1]);
    mayRead = true;
    await until(() => seen.length === 2);
    assert.deepEqual(numbers(seen), [1, 2]);
  });

  busTest('a slow subscription does not hold up another', async ({ bus }) => {
    const gate = Promise.withResolvers<void>();
    bus.subscribe({ name: 'slow', types: ['PROVIDER_ACCOUNT_EVENT'], handle: () => gate.promise });
    const seen = collect(bus, 'fast', ['PROVIDER_ACCOUNT_EVENT']);
    await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', 1));
    await until(() => seen.length === 1);
    gate.resolve();
  });

  busTest('a closed subscription gets nothing more', async ({ bus }) => {
    const seen: Envelope[] = [];
    const subscription = bus.subscribe({
      name: 'leaver',
      types: ['PROVIDER_ACCOUNT_EVENT'],
      handle: (events) => void seen.push(...events),
    });
    await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', 1));
    await until(() => seen.length === 1);
    await subscription.close();
    await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', 2));
    await settle();
    assert.deepEqual(numbers(seen), [1]);
  });

  busTest('close waits for the running handler, and then nothing goes in or out', async ({ bus }) => {
    const gate = Promise.withResolvers<void>();
    const steps: string[] = [];
    bus.subscribe({
      name: 'busy',
      types: ['PROVIDER_ACCOUNT_EVENT'],
      async handle() {
        steps.push('begun');
        await gate.promise;
        steps.push('done');
      },
    });
    await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', 1));
    await until(() => steps.length === 1);
    const closing = bus.close().then(() => steps.push('closed'));
    await settle();
    assert.deepEqual(steps, ['begun']);
    gate.resolve();
    await closing;
    assert.deepEqual(steps, ['begun', 'done', 'closed']);
    await assert.rejects(bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', 2)), { code: 'BUS_CLOSED' });
  });

  busTest('counts what it did', async ({ bus }) => {
    const seen = collect(bus, 'counted', ['PROVIDER_ACCOUNT_EVENT']);
    for (let number = 0; number < 5; number++) await bus.publish('PROVIDER', event('PROVIDER_ACCOUNT_EVENT', number));
    await until(() => seen.length === 5 && bus.statistics().delivered === 5);
    const { published, delivered, shed, deadLettered, queued, latencyMs } = bus.statistics();
    assert.deepEqual(
      { published, delivered, shed, deadLettered, queued },
      { published: 5, delivered: 5, shed: 0, deadLettered: 0, queued: 0 },
    );
    assert.ok(latencyMs.length > 0 && latencyMs.every((ms) => ms >= 0));
  });
}

const PAYLOADS: Partial<Record<EventType, Record<string, unknown>>> = {
  PROVIDER_ORDER_CREATE: { symbol: { name: 'BTCUSDT' }, side: 'BUY', status: 'NEW' },
  DETECTOR_POSITION_OPEN_REQUEST: { requestId: 'r' },
  PROVIDER_MARKETDATA_TRADE: { symbol: { name: 'BTCUSDT' }, price: 60_000, volume: 1, side: 'LONG', time: 1 },
  PROVIDER_ACCOUNT_EVENT: { eventType: 'balance', eventTime: 1, options: { walletBalance: 1 } },
};

function event(type: EventType, number: number, place: Record<string, string> = {}): Envelope {
  const eventId = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const source = type.slice(0, type.indexOf('_')) as EventSource;
  const payload = { connectorType: 'paper', marketType: 'futures', ...place, ...PAYLOADS[type] };
  return { eventId, type, source, timestamp: 1_723_118_400_000 + number, payload } as Envelope;
}

function numbers(events: readonly Envelope[]): number[] {
  return events.map((envelope) => Number(envelope.eventId.slice(-12)));
}

function collect(bus: Bus, name: string, types: EventType[]): Envelope[] {
  const seen: Envelope[] = [];
  bus.subscribe({ name, types, handle: (events) => void seen.push(...events) });
  return seen;
}

/** A subscription whose handler takes its first batch and does not come back before the gate opens. */
function stuck(bus: Bus, types: EventType[]) {
  const gate = Promise.withResolvers<void>();
  const entered = Promise.withResolvers<void>();
  const seen: Envelope[] = [];
  const subscription = bus.subscribe({
    name: 'slow',
    types,
    async handle(events) {
      entered.resolve();
      await gate.promise;
      seen.push(...events);
    },
  });
  return { seen, gate, held: entered.promise, subscription };
}

/** As a publisher does that is told BUS_FULL. */
async function publishUntilTaken(bus: Bus, envelope: Envelope): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await bus.publish(envelope.source, envelope);
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'BUS_FULL' || Date.now() > deadline) throw error;
      await settle();
    }
  }
}

function deadLetters(bus: Bus): DeadLetter[] {
  const letters: DeadLetter[] = [];
  bus.onDeadLetter((letter) => letters.push(letter));
  return letters;
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!condition()) {
    assert.ok(Date.now() < deadline, `did not come true: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Long enough for a delivery that should not happen to happen. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
