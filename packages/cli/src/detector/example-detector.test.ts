import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultOptions, type Envelope, mergeOptions, validateEnvelope } from '@inspector/contract';
import { SimulatedMarket } from '@inspector/provider/connectors';
import { createExampleDetector } from './example-detector.ts';
import { exampleOptions } from './example-options.ts';

const T0 = 1_723_118_400_000;
const place = { connectorType: 'paper', marketType: 'futures' };
const detectorOf = (seed = 1) => createExampleDetector({ ...place, detectorSysname: 'example', seed });

/** Minutes of market with a detector at it; `answer` may say what the venue then does. */
function play(
  minutes: number,
  detector = detectorOf(),
  answer: (request: Envelope) => Envelope[] = () => [],
): Envelope[] {
  const market = new SimulatedMarket({ ...place, seed: 3, startAt: T0 });
  const requests: Envelope[] = [];
  const take = (event: Envelope): void => {
    for (const request of detector.onEvent(event)) {
      requests.push(request);
      for (const answered of answer(request)) take(answered);
    }
  };
  for (let second = 1; second <= minutes * 60; second += 1)
    for (const event of market.next(T0 + second * 1000)) take(event);
  return requests;
}

const positionEvent = (positions: object[], timestamp: number): Envelope =>
  ({
    eventId: `p${timestamp}`,
    type: 'PROVIDER_ACCOUNT_EVENT',
    source: 'PROVIDER',
    timestamp,
    payload: { ...place, eventType: 'position', eventTime: timestamp, options: { positions } },
  }) as Envelope;

/** A venue that fills every open and close at once. */
const filling = (request: Envelope): Envelope[] => {
  const { symbol, side } = request.payload as unknown as { symbol: { name: string }; side: string };
  const isOpen = request.type === 'DETECTOR_POSITION_OPEN_REQUEST';
  return [positionEvent([{ symbol: symbol.name, side, quantity: isOpen ? 1 : 0, entryPrice: 100 }], request.timestamp)];
};

const payloadOf = (request: Envelope) =>
  request.payload as unknown as Record<string, never> & { stopLoss: number; takeProfit: number; side: string };

describe('the example detector', () => {
  it('asks for its first position within 5 s, at the market, with stop and target', () => {
    const [first] = play(1);
    assert.ok(first && first.timestamp <= T0 + 5000);
    assert.equal(first.type, 'DETECTOR_POSITION_OPEN_REQUEST');
    const { stopLoss, takeProfit, side, price } = payloadOf(first);
    assert.equal(price, undefined);
    assert.equal(side === 'LONG', takeProfit > stopLoss);
  });

  it('tries again every two seconds until it holds its first position, then leaves it time', () => {
    const untilHeld = play(0.5).filter((request) => request.type === 'DETECTOR_POSITION_OPEN_REQUEST');
    assert.ok(untilHeld.length >= 8, `${untilHeld.length}`);
    const held = play(0.5, detectorOf(), filling);
    assert.ok(held.length <= 4, `${held.length}`);
  });

  it('sends only envelopes that the bus takes, each with an id of its own', () => {
    const requests = play(60, detectorOf(), filling);
    assert.ok(requests.length > 60, `${requests.length}`);
    for (const request of requests) assert.deepEqual(validateEnvelope(request), { ok: true, envelope: request });
    assert.equal(new Set(requests.map(({ eventId }) => eventId)).size, requests.length);
  });

  it('asks the same for the same events, and differently for another seed', () => {
    assert.deepEqual(play(5), play(5));
    assert.notDeepEqual(play(5, detectorOf(2)), play(5));
  });

  it('asks less while it is told to stop, and goes on when it may again', () => {
    const breach = (isActive: boolean, timestamp: number): Envelope =>
      ({
        eventId: 'b',
        type: 'INSPECTOR_RISK_LIMIT_BREACH',
        source: 'INSPECTOR',
        timestamp,
        payload: { detectorSysname: 'example', opt: { isActive } },
      }) as Envelope;
    const countOpens = (isActive: boolean) => {
      const detector = detectorOf();
      detector.onEvent(breach(false, T0));
      detector.onEvent(breach(isActive, T0));
      return play(2, detector).length;
    };
    assert.ok(countOpens(false) * 3 < countOpens(true));
  });

  it('passes over events of other accounts', () => {
    const detector = detectorOf();
    const event = positionEvent([{ symbol: 'BTCUSDT', side: 'LONG', quantity: 1, entryPrice: 1 }], T0);
    assert.deepEqual(
      detector.onEvent({ ...event, payload: { ...event.payload, connectorType: 'other' } } as Envelope),
      [],
    );
    assert.ok(play(0.5, detector).length >= 8);
  });
});

describe('the example options', () => {
  it('are valid', () => {
    const merged = mergeOptions(defaultOptions, exampleOptions);
    assert.ok('options' in merged, JSON.stringify(merged));
    assert.deepEqual(merged.warnings, []);
  });
});
