import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Envelope } from '@inspector/contract';
import type { PublishedEvent } from '@inspector/engine';
import { busError } from '../bus/bus-error.ts';
import { createSimulatedClock } from '../runner/simulated-clock.ts';
import { createEventPublisher, WAITING_LIMIT } from './event-publisher.ts';

const log = { info() {}, warn() {}, error() {} };

const breach = (seq: number): PublishedEvent => ({
  type: 'INSPECTOR_RISK_LIMIT_BREACH',
  seq,
  correlationId: `c${seq}`,
  payload: { code: 'DAILY_LOSS' },
});

/** A bus that refuses the first `refusals` tries. */
function publisherWith(refusals: Error[] = []) {
  const published: Envelope[] = [];
  const clock = createSimulatedClock(1_000);
  const bus = {
    async publish(_source: string, envelope: Envelope) {
      const refusal = refusals.shift();
      if (refusal) throw refusal;
      published.push(envelope);
    },
  };
  const publisher = createEventPublisher({ bus, clock, log, epoch: () => 2 });
  return { publisher, published, clock };
}

const turns = () => new Promise((resolve) => setImmediate(resolve));

test('events leave in order, with the place in the audit and an id that is the same every time', async () => {
  const { publisher, published } = publisherWith();
  publisher.publish([breach(5), breach(6)]);
  await turns();
  assert.deepEqual(
    published.map(({ type, source, seq, epoch, correlationId, timestamp }) => [
      type,
      source,
      seq,
      epoch,
      correlationId,
      timestamp,
    ]),
    [5, 6].map((seq) => ['INSPECTOR_RISK_LIMIT_BREACH', 'INSPECTOR', seq, 2, `c${seq}`, 1_000]),
  );
  assert.equal(published[0]?.eventId, '00000000-0000-8050-8000-000000000002');
  assert.equal(publisher.waiting, 0);
});

test('an event without a record of its own has an id of its own', async () => {
  const { publisher, published } = publisherWith();
  publisher.publish([
    { ...breach(5), type: 'INSPECTOR_RISK_MARGIN_UPDATE' },
    { ...breach(5), type: 'INSPECTOR_RISK_MARGIN_UPDATE' },
  ]);
  await turns();
  assert.notEqual(published[0]?.eventId, published[1]?.eventId);
});

test('an event that the bus does not take is tried again before the next', async () => {
  const { publisher, published, clock } = publisherWith([busError('BUS_FULL', ''), busError('BUS_FULL', '')]);
  publisher.publish([breach(5), breach(6)]);
  await turns();
  assert.deepEqual([published.length, publisher.waiting], [0, 2]);
  clock.advance(50);
  await turns();
  clock.advance(100);
  await turns();
  assert.deepEqual(
    published.map((event) => event.seq),
    [5, 6],
  );
});

test('an event that is refused for good is passed over', async () => {
  const { publisher, published } = publisherWith([busError('TOO_LARGE', '')]);
  publisher.publish([breach(5), breach(6)]);
  await turns();
  assert.deepEqual(
    published.map((event) => event.seq),
    [6],
  );
});

test('an event that the bus refuses comes again, the others of its burst only once', async () => {
  const { publisher, published, clock } = publisherWith([busError('BUS_FULL', '')]);
  publisher.publish([breach(5), breach(6), breach(7)]);
  await turns();
  assert.deepEqual(
    published.map(({ seq }) => seq),
    [6, 7],
  );
  clock.advance(1_000);
  await turns();
  assert.deepEqual(
    published.map(({ seq }) => seq),
    [6, 7, 5],
  );
  assert.equal(publisher.waiting, 0);
});

test('past the bound the oldest are dropped and counted', async () => {
  const { publisher } = publisherWith(Array.from({ length: 1_000 }, () => busError('BUS_FULL', '')));
  publisher.publish(Array.from({ length: WAITING_LIMIT + 3 }, (_, index) => breach(index + 1)));
  await turns();
  assert.deepEqual([publisher.waiting, publisher.dropped], [WAITING_LIMIT, 3]);
  await publisher.stop();
});

test('a stop does not wait for a bus that takes nothing', async () => {
  const { publisher, published } = publisherWith(Array.from({ length: 10 }, () => busError('BUS_FULL', '')));
  publisher.publish([breach(5)]);
  await turns();
  await publisher.stop();
  publisher.publish([breach(6)]);
  await turns();
  assert.equal(published.length, 0);
});
