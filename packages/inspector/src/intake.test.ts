import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Envelope } from '@inspector/contract';
import type { EngineInput } from '@inspector/engine';
import { createMemoryBus } from './bus/index.ts';
import { createDecoder } from './ingest/index.ts';
import { startIntake } from './intake.ts';
import type { Admission } from './runner/admission.ts';
import { createSimulatedClock } from './runner/simulated-clock.ts';
import { createBusLatency } from './views/bus-latency.ts';
import { createConnectorWatch } from './views/connector-watch.ts';

const turns = async () => {
  for (let n = 0; n < 5; n += 1) await new Promise((resolve) => setImmediate(resolve));
};

function balance(eventId: string): Envelope {
  return {
    eventId,
    type: 'PROVIDER_ACCOUNT_EVENT',
    source: 'PROVIDER',
    timestamp: 900,
    payload: {
      connectorType: 'paper',
      marketType: 'futures',
      eventType: 'balance',
      eventTime: 900,
      options: { walletBalance: 10_000 },
    },
  };
}

/** An intake over a real bus, into a runner that stores when told and refuses the first inputs given. */
function intakeWith(refusals: Admission[] = []) {
  const taken: EngineInput[] = [];
  const marked: Record<string, string>[] = [];
  let gaps = 0;
  let store: () => void = () => {};
  const clock = createSimulatedClock(1_000);
  const bus = createMemoryBus({ redeliveryDelayMs: 0 });
  const connectors = createConnectorWatch();
  const busLatency = createBusLatency();
  const { stop: end } = startIntake({
    bus,
    name: 'test',
    accounts: null,
    onGap: () => void gaps++,
    clock,
    connectors,
    busLatency,
    decoder: createDecoder({ symbols: { idOf: () => 0, count: () => 1 } }),
    runner: {
      submit(input) {
        const refusal = refusals.shift();
        if (refusal !== undefined) return refusal;
        taken.push({ ...input });
        return 'taken';
      },
      mark: (positions) => void marked.push({ ...positions }),
      positions: () => ({}),
      durable: () =>
        new Promise((resolve) => {
          store = resolve;
        }),
    },
  });
  return { bus, taken, clock, connectors, busLatency, end, store: () => store() };
}

const ids = (inputs: EngineInput[]) => inputs.map((input) => ('eventId' in input ? input.eventId : input.kind));

test('an event becomes inputs, and is acknowledged when they are stored', async () => {
  const { bus, taken, connectors, busLatency, store } = intakeWith();
  await bus.publish('PROVIDER', balance('a'));
  await turns();
  assert.deepEqual(ids(taken), ['a']);
  assert.equal(bus.statistics().delivered, 0);
  store();
  await turns();
  assert.equal(bus.statistics().delivered, 1);
  assert.equal(connectors.states(1_000)[0]?.lagMs, 100);
  assert.equal(busLatency.byType().PROVIDER_ACCOUNT_EVENT?.maxMs, 100);
});

test('a disk that stalls holds the next events up for a second at most', async () => {
  const { bus, taken, clock } = intakeWith();
  await bus.publish('PROVIDER', balance('a'));
  await turns();
  await bus.publish('PROVIDER', balance('b'));
  await turns();
  assert.deepEqual(ids(taken), ['a']);
  clock.advance(1_000);
  await turns();
  assert.deepEqual(ids(taken), ['a', 'b']);
});

test('an event that could not be taken comes again', async () => {
  const { bus, taken } = intakeWith(['refused']);
  await bus.publish('PROVIDER', balance('a'));
  for (let tries = 0; taken.length === 0 && tries < 500; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 1));
  assert.deepEqual(ids(taken), ['a']);
});

test('what was decided not to be taken is not asked for again', async () => {
  const { bus, taken, store } = intakeWith(['shed', 'not-approving']);
  await bus.publish('PROVIDER', balance('a'));
  await bus.publish('PROVIDER', balance('b'));
  await bus.publish('PROVIDER', balance('c'));
  await turns();
  store();
  await turns();
  assert.deepEqual(ids(taken), ['c']);
});

test('what the bus refuses is put on record', async () => {
  const { bus, taken } = intakeWith();
  bus.receive('not JSON');
  assert.deepEqual(
    taken.map((input) => input.kind === 'dead-letter' && input.code),
    ['ENVELOPE_INVALID'],
  );
});

test('after its end nothing is taken', async () => {
  const { bus, taken, end } = intakeWith();
  await end();
  await bus.publish('PROVIDER', balance('a'));
  bus.receive('not JSON');
  await turns();
  assert.equal(taken.length, 0);
});
