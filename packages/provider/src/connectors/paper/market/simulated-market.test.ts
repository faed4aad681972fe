import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Envelope, validateEnvelope } from '@inspector/contract';
import { CATCH_UP_LIMIT_MS, SimulatedMarket, type SimulatedMarketSettings } from './simulated-market.ts';

const T0 = 1_723_118_400_000;
const MINUTE_MS = 60_000;
const marketOf = (settings: Partial<SimulatedMarketSettings> = {}) =>
  new SimulatedMarket({ connectorType: 'paper', marketType: 'futures', seed: 1, startAt: T0, ...settings });

const play = (market: SimulatedMarket, ms: number, stepMs = 1000): Envelope[] => {
  const events: Envelope[] = [];
  for (let at = T0; at < T0 + ms; at += stepMs) events.push(...market.next(Math.min(at + stepMs, T0 + ms) - 1));
  return events;
};

const ofType = <T extends Envelope['type']>(events: Envelope[], type: T): Extract<Envelope, { type: T }>[] =>
  events.filter((event): event is Extract<Envelope, { type: T }> => event.type === type);

describe('the simulated market', () => {
  it('lists its symbols first, and sends only valid envelopes in order of time', () => {
    const events = play(marketOf(), 5 * MINUTE_MS);
    assert.equal(events[0]?.type, 'PROVIDER_SYMBOLS');
    assert.equal(ofType(events, 'PROVIDER_SYMBOLS').length, 1);
    let before = 0;
    for (const event of events) {
      assert.equal(validateEnvelope(event).ok, true);
      assert.ok(event.timestamp >= before);
      before = event.timestamp;
    }
    assert.equal(new Set(events.map((event) => event.eventId)).size, events.length);
  });

  it('gives the same events for the same seed, however the calls are spaced', () => {
    const often = play(marketOf(), MINUTE_MS, 130);
    assert.deepEqual(play(marketOf(), MINUTE_MS, 3000), often);
    assert.notDeepEqual(play(marketOf({ seed: 2 }), MINUTE_MS), often);
  });

  it('sends 40 to 120 events a second, books on ticks and never crossed', () => {
    const market = marketOf();
    const ticks = new Map(market.symbols.map(({ spec }) => [spec.name, spec.tickSize]));
    const events = play(market, 10 * MINUTE_MS);
    assert.ok(events.length > 600 * 40 && events.length < 600 * 120, `${events.length}`);
    for (const { payload } of ofType(events, 'PROVIDER_MARKETDATA_ORDERBOOK')) {
      const tick = ticks.get(payload.symbol.name)!;
      assert.ok(payload.bids[0]!.price < payload.asks[0]!.price);
      for (const [index, { price, volume }] of payload.bids.entries()) {
        assert.ok(volume > 0);
        assert.ok(Math.abs(price / tick - Math.round(price / tick)) < 1e-6);
        if (index > 0) assert.ok(price < payload.bids[index - 1]!.price);
      }
      for (const [index, { price }] of payload.asks.entries())
        if (index > 0) assert.ok(price > payload.asks[index - 1]!.price);
    }
  });

  it('moves its symbols together, and each a little on its own', () => {
    const marks = ofType(play(marketOf({ seed: 5 }), 60 * MINUTE_MS), 'PROVIDER_SYMBOL_PRICES');
    const minuteReturns = (name: string) =>
      marks
        .filter((_, index) => index % 60 === 0)
        .map(({ payload }) => Math.log(payload.prices[name]!.value))
        .map((value, index, all) => (index === 0 ? 0 : value - all[index - 1]!));
    const [bitcoin, ether] = [minuteReturns('BTCUSDT'), minuteReturns('ETHUSDT')];
    const dot = (a: number[], b: number[]) => a.reduce((sum, value, index) => sum + value * b[index]!, 0);
    const correlation = dot(bitcoin, ether) / Math.sqrt(dot(bitcoin, bitcoin) * dot(ether, ether));
    assert.ok(correlation > 0.5 && correlation < 0.999, `${correlation}`);
  });

  it('has shocks that widen the spread, which then comes back', () => {
    // Spreads of BTCUSDT in percent, over an hour.
    const spreads = ofType(play(marketOf(), 60 * MINUTE_MS), 'PROVIDER_MARKETDATA_ORDERBOOK')
      .filter(({ payload }) => payload.symbol.name === 'AVAXUSDT')
      .map(({ payload }) => ((payload.asks[0]!.price - payload.bids[0]!.price) / payload.bids[0]!.price) * 100)
      .sort((a, b) => a - b);
    assert.ok(spreads[Math.floor(spreads.length / 2)]! < 0.06);
    assert.ok(spreads.at(-1)! > 0.3, `${spreads.at(-1)}`);
  });

  it('skips a long silence instead of making it up', () => {
    const market = marketOf();
    market.next(T0);
    assert.ok(market.next(T0 + CATCH_UP_LIMIT_MS).length > 100);
    const later = market.next(T0 + 60 * MINUTE_MS);
    assert.ok(later.length < 30);
    assert.ok(later.every((event) => event.timestamp === T0 + 60 * MINUTE_MS));
  });

  it('goes on from a snapshot at the prices where it stopped', () => {
    const market = marketOf();
    play(market, 10 * MINUTE_MS);
    const snapshot = JSON.parse(JSON.stringify(market.snapshot()));
    const again = marketOf({ startAt: T0 + 60 * MINUTE_MS }).snapshot();
    const resumed = new SimulatedMarket(
      { connectorType: 'paper', marketType: 'futures', seed: 1, startAt: T0 + 60 * MINUTE_MS },
      snapshot,
    ).snapshot();
    assert.deepEqual(resumed.process, snapshot.process);
    assert.notDeepEqual(resumed.process.symbols, again.process.symbols);
  });

  it('has candles of the time before that lead to its first price, and ends a candle each minute', () => {
    const market = marketOf({ historyMinutes: 90 });
    const before = market.candles({ symbol: 'BTCUSDT', interval: '1m' });
    assert.equal(before.length, 90);
    assert.equal(before.at(-1)?.time, T0 - MINUTE_MS);
    const candles = ofType(play(market, 3 * MINUTE_MS), 'PROVIDER_MARKETDATA_CANDLE');
    assert.equal(candles.length, 3 * 8);
    const first = candles.find(({ payload }) => payload.symbol.name === 'BTCUSDT');
    assert.equal(first?.payload.time, T0 - MINUTE_MS);
    assert.ok(Math.abs(first.payload.close / before.at(-1)!.close - 1) < 1e-9);
    const merged = market.candles({ symbol: 'BTCUSDT', interval: '5m', from: T0, to: T0 + 1 });
    assert.equal(merged.length, 1);
    assert.throws(() => market.candles({ symbol: 'BTCUSDT', interval: '7m' }), { code: 'INTERVAL_UNKNOWN' });
    assert.deepEqual(market.candles({ symbol: 'NOUSDT', interval: '1m' }), []);
  });
});
