import { type AuditRecord, defaultOptions, type Envelope, type EventType } from '@inspector/contract';
import type { Effect } from '@inspector/engine';
import { createDecoder, engineSymbols, zoneTable } from '../ingest/index.ts';
import { createMemoryJournal } from '../journal/memory-journal.ts';
import { inspectorEngine } from '../runner/inspector-engine.ts';
import { createRunner } from '../runner/runner.ts';
import { createSimulatedClock } from '../runner/simulated-clock.ts';

const START = 1_700_000_000_000;
const market = { connectorType: 'paper', marketType: 'futures' };
const symbol = { name: 'BTCUSDT' };

/** An engine behind a runner, a venue that takes every order, and the records that came out. */
export function engineWithVenue() {
  const clock = createSimulatedClock(START);
  const records: AuditRecord[] = [];
  const effects: Effect[] = [];
  const runner = createRunner({
    core: inspectorEngine,
    genesis: { options: defaultOptions, zone: zoneTable(defaultOptions.general.timezone), appKey: 'inspector' },
    journal: createMemoryJournal(),
    clock,
    version: '0.0.0',
    log: { info() {}, warn() {}, error() {} },
    onFailed: (error) => {
      throw error;
    },
    sinks: {
      records: (durable) => void records.push(...durable),
      effects: (given) => void effects.push(...given),
      events: () => {},
      alerts: () => {},
    },
  });
  runner.start();
  const decoder = createDecoder({ symbols: engineSymbols(runner.engine) });

  function publish(type: EventType, payload: object): void {
    const source = type.slice(0, type.indexOf('_'));
    const envelope = { eventId: `e${records.length}`, type, source, timestamp: clock.now(), payload } as Envelope;
    for (const input of decoder.decode(envelope, clock.now())) runner.submit(input);
    runner.flush();
    clock.advance(1);
  }

  /** The venue takes what was sent and says that it works; entries fill then. */
  function answer(): void {
    for (const effect of effects.splice(0)) {
      if (effect.kind !== 'place') continue;
      const { accountKey, order } = effect;
      const taken = { ...order, externalId: `x-${order.clientOrderId}`, status: 'NEW' as const };
      const about = { kind: 'order-answer', now: 0, accountKey, clientOrderId: order.clientOrderId } as const;
      runner.submit({ ...about, call: 'place', outcome: 'accepted', order: taken });
      runner.flush();
      clock.advance(1);
      publish('PROVIDER_ORDER_CREATE', { ...taken, updateTime: clock.now() });
      if (order.type !== 'MARKET') continue;
      const filled = { ...taken, status: 'FILLED', quantityExecuted: order.quantity, priceExecuted: 50_001 };
      publish('PROVIDER_ORDER_CLOSE', { ...filled, updateTime: clock.now() });
    }
  }

  /** The account is known and has 10,000; BTCUSDT is at 50,000. */
  function openMarket(): void {
    const spec = { ...symbol, baseAsset: 'BTC', quoteAsset: 'USDT', status: 'TRADING', tickSize: 0.1, stepSize: 0.001 };
    publish('PROVIDER_SYMBOLS', { ...market, symbols: [{ ...spec, minQuantity: 0.001 }] });
    const account = { walletBalance: 10_000, availableBalance: 10_000, positions: [] };
    publish('PROVIDER_ACCOUNT_EVENT', { ...market, eventType: 'snapshot', eventTime: clock.now(), options: account });
    const prices = { BTCUSDT: { value: 50_000, moment: clock.now(), mark: true } };
    publish('PROVIDER_SYMBOL_PRICES', { ...market, prices });
    const book = { bids: [{ price: 49_999, volume: 10 }], asks: [{ price: 50_001, volume: 10 }], time: clock.now() };
    publish('PROVIDER_MARKETDATA_ORDERBOOK', { ...market, symbol, ...book });
  }

  function request(requestId: string, quantity: number): void {
    const open = { requestId, ...market, symbol, side: 'LONG', quantity, detectorSysname: 'd1' };
    publish('DETECTOR_POSITION_OPEN_REQUEST', open);
  }

  return { runner, records, openMarket, request, answer };
}
