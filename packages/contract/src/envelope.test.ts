import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { type Envelope, type EventType, eventTypes, mayPublish, sourceOf, validateEnvelope } from '@inspector/contract';

const market = { connectorType: 'paper', marketType: 'futures' };
const symbol = { name: 'BTCUSDT' };
const time = 1_723_118_400_000;
const order = {
  ...market,
  id: '1',
  clientOrderId: 'c1',
  externalId: 'v1',
  symbol,
  side: 'BUY',
  type: 'LIMIT',
  quantity: 1,
  price: 100,
  quantityExecuted: 0,
  priceExecuted: 0,
  status: 'NEW',
  time,
  updateTime: time,
  source: { type: 'detector', key: 'trend' },
};
const scope = 'account:paper:futures';
const request = { requestId: 'r1' };

/** A good payload of every type. */
const payloads: Record<EventType, Record<string, unknown>> = {
  PROVIDER_MARKETDATA_TRADE: { ...market, symbol, price: 100, volume: 1, side: 'LONG', time },
  PROVIDER_MARKETDATA_ORDERBOOK: {
    ...market,
    symbol,
    bids: [{ price: 99, volume: 1 }],
    asks: [{ price: 101, volume: 1 }],
    time,
  },
  PROVIDER_MARKETDATA_CANDLE: {
    ...market,
    symbol,
    interval: '1m',
    open: 1,
    high: 2,
    low: 1,
    close: 2,
    volume: 9,
    time,
  },
  PROVIDER_SYMBOL_PRICES: { ...market, prices: { BTCUSDT: { value: 100, moment: time, mark: true } } },
  PROVIDER_SYMBOLS: {
    ...market,
    symbols: [
      {
        name: 'BTCUSDT',
        baseAsset: 'BTC',
        quoteAsset: 'USDT',
        status: 'TRADING',
        tickSize: 0.01,
        stepSize: 0.001,
        minQuantity: 0.001,
      },
    ],
  },
  PROVIDER_ACCOUNT_EVENT: {
    ...market,
    eventType: 'snapshot',
    eventTime: time,
    options: {
      walletBalance: 1000,
      positions: [{ symbol: 'BTCUSDT', side: 'LONG', quantity: 1, entryPrice: 100, leverage: 3 }],
    },
  },
  PROVIDER_ORDER_CREATE: order,
  PROVIDER_ORDER_CLOSE: { ...order, status: 'FILLED', quantityExecuted: 1, priceExecuted: 100 },
  DETECTOR_POSITION_OPEN_REQUEST: request,
  DETECTOR_POSITION_CLOSE_REQUEST: request,
  DETECTOR_POSITION_REDUCE_REQUEST: request,
  DETECTOR_POSITION_FLIP_REQUEST: request,
  ADVISOR_DECISION_RESPONSE: { decisionId: 'd1', approved: true, request },
  INSPECTOR_RISK_LIMIT_BREACH: {
    code: 'DAILY_LOSS',
    action: 'STAND_DOWN',
    scope,
    accountKey: 'paper:futures',
    observed: -5,
    limit: 5,
    unit: '%',
    currentExposure: 100,
    maxAllowedExposure: null,
    reason: 'the loss reaches 5 %',
    opt: { isActive: false },
    until: time,
  },
  INSPECTOR_RISK_KILL_SWITCH: {
    incidentId: 'k1',
    phase: 'TRIGGERED',
    scope: 'global',
    reason: 'drill',
    actor: 'ops',
    remaining: { orders: 1, positions: 1 },
  },
  INSPECTOR_RISK_MARGIN_UPDATE: {
    accountKey: 'paper:futures',
    equityUsd: 1000,
    marginRatio: null,
    usedPct: 3,
    exposureUsd: 100,
    drawdownPct: 0,
    dailyPnlPct: 0,
  },
  INSPECTOR_LIQUIDITY_DROPPED: { symbol: 'BTCUSDT', spreadPct: 2, topDepthUsd: 10, limit: 100 },
  INSPECTOR_VOLATILITY_SPIKE: { symbol: 'BTCUSDT', returnPct: -2, windowMs: 60_000, sigma: 0.2 },
  INSPECTOR_TREND_DETECTED: { symbol: 'BTCUSDT', regime: 'TREND', strength: 0.6 },
  INSPECTOR_RANGE_DETECTED: { symbol: 'BTCUSDT', regime: 'RANGE', strength: 0.1 },
  INSPECTOR_DATA_GAP_DETECTED: { symbol: 'BTCUSDT', channel: 'PROVIDER_MARKETDATA_TRADE', gapMs: 9000 },
  INSPECTOR_DATA_OUTLIER_DETECTED: { symbol: 'BTCUSDT', price: 1, reference: 100, deviationPct: 99 },
  INSPECTOR_DATA_MATURITY_UPDATE: { symbol: 'BTCUSDT', maturity: 'warming', samples: 3, since: time },
};

const envelope = (type: string, payload: unknown, source: string = type.slice(0, type.indexOf('_'))) => ({
  eventId: '00000000-0000-4000-8000-000000000001',
  type,
  source,
  timestamp: time,
  payload,
});

const codeOf = (value: unknown): string => {
  const check = validateEnvelope(value);
  return check.ok ? 'OK' : check.code;
};

describe('an envelope of every type', () => {
  for (const type of eventTypes) {
    const good = payloads[type];
    test(`${type} is taken as it is, with unknown fields kept`, () => {
      const sent = envelope(type, { ...good, extra: { kept: true } });
      assert.deepEqual(validateEnvelope(sent), { ok: true, envelope: sent });
    });
    test(`${type} without any one of its fields is refused, where the field is needed`, () => {
      const optional = new Set(['id', 'clientOrderId', 'externalId', 'type', 'quantity', 'price', 'quantityExecuted']);
      for (const name of ['priceExecuted', 'time', 'updateTime', 'source', 'accountKey', 'gapMs', 'request'])
        optional.add(name);
      for (const name of Object.keys(good)) {
        if (optional.has(name) && !type.startsWith('PROVIDER_MARKETDATA')) continue;
        const { [name]: _, ...rest } = good;
        assert.equal(codeOf(envelope(type, rest)), 'PAYLOAD_INVALID', name);
      }
    });
    test(`${type} is refused from any other source`, () => {
      for (const source of ['PROVIDER', 'INSPECTOR', 'DETECTOR', 'ADVISOR'].filter((each) => each !== sourceOf(type))) {
        assert.equal(codeOf(envelope(type, good, source)), 'SOURCE_MISMATCH');
        assert.equal(mayPublish(source, type), false);
      }
    });
  }
});

test('a price that is null, NaN, infinite or a text is refused, wherever it stands', () => {
  const places: [EventType, (price: unknown) => unknown][] = [
    ['PROVIDER_MARKETDATA_TRADE', (price) => ({ ...payloads.PROVIDER_MARKETDATA_TRADE, price })],
    ['PROVIDER_MARKETDATA_TRADE', (volume) => ({ ...payloads.PROVIDER_MARKETDATA_TRADE, volume })],
    ['PROVIDER_MARKETDATA_CANDLE', (close) => ({ ...payloads.PROVIDER_MARKETDATA_CANDLE, close })],
    [
      'PROVIDER_MARKETDATA_ORDERBOOK',
      (price) => ({ ...payloads.PROVIDER_MARKETDATA_ORDERBOOK, bids: [{ price, volume: 1 }] }),
    ],
    ['PROVIDER_SYMBOL_PRICES', (value) => ({ ...market, prices: { BTCUSDT: { value, moment: time } } })],
    ['PROVIDER_ORDER_CREATE', (priceExecuted) => ({ ...order, priceExecuted })],
    ['PROVIDER_ACCOUNT_EVENT', (walletBalance) => ({ ...payloads.PROVIDER_ACCOUNT_EVENT, options: { walletBalance } })],
  ];
  for (const [type, payload] of places) {
    for (const bad of [null, Number.NaN, Number.POSITIVE_INFINITY, '100', true, {}]) {
      assert.equal(codeOf(envelope(type, payload(bad))), 'PAYLOAD_INVALID', `${type} ${bad}`);
    }
  }
});

test('whether a price makes sense is left to the engine: 0 and below pass here', () => {
  for (const price of [0, -1]) {
    assert.equal(codeOf(envelope('PROVIDER_MARKETDATA_TRADE', { ...payloads.PROVIDER_MARKETDATA_TRADE, price })), 'OK');
  }
});

test('a request with a string requestId is never refused for its other fields', () => {
  for (const type of eventTypes.filter((each) => each.startsWith('DETECTOR_'))) {
    assert.equal(codeOf(envelope(type, { requestId: 'r', side: 7, quantity: 'lots', symbol: null })), 'OK');
    assert.equal(codeOf(envelope(type, { requestId: 7 })), 'PAYLOAD_INVALID');
    assert.equal(codeOf(envelope(type, {})), 'PAYLOAD_INVALID');
  }
});

test('an order event of a replay file may come without ids, by its ref', () => {
  const { id: _, clientOrderId: __, externalId: ___, source: ____, ...rest } = order;
  assert.equal(codeOf(envelope('PROVIDER_ORDER_CREATE', { ...rest, ref: 'r1:entry' })), 'OK');
});

test('an unknown type is told apart from what is no envelope', () => {
  assert.equal(codeOf(envelope('PROVIDER_WEATHER', {})), 'TYPE_UNKNOWN');
  for (const type of ['__proto__', 'constructor', 'toString']) {
    assert.equal(codeOf(envelope(type, {}, 'PROVIDER')), 'TYPE_UNKNOWN');
  }
  for (const bad of [null, 1, 'x', [], {}, { type: 'PROVIDER_SYMBOLS' }, envelope('', {}, 'PROVIDER')]) {
    assert.equal(codeOf(bad), 'ENVELOPE_INVALID');
  }
});

test('each field of the head is judged', () => {
  const good = envelope('DETECTOR_POSITION_OPEN_REQUEST', request);
  const bad: Record<string, unknown>[] = [
    { eventId: '' },
    { eventId: 7 },
    { timestamp: '2024-01-01' },
    { timestamp: -1 },
    { timestamp: Number.NaN },
    { source: 'SOMEBODY' },
    { seq: 1.5 },
    { seq: -1 },
    { epoch: '1' },
    { correlationId: 1 },
  ];
  for (const part of bad) assert.equal(codeOf({ ...good, ...part }), 'ENVELOPE_INVALID', JSON.stringify(part));
  assert.equal(codeOf({ ...good, seq: 0, epoch: 3, correlationId: 'c', causationId: 'd' }), 'OK');
});

test('the violations name their place in the envelope', () => {
  const check = validateEnvelope(
    envelope('PROVIDER_MARKETDATA_TRADE', { ...payloads.PROVIDER_MARKETDATA_TRADE, price: null, side: 'UP' }),
  );
  assert.ok(!check.ok);
  assert.deepEqual(
    check.errors.map(({ path }) => path),
    ['/payload/price', '/payload/side'],
  );
});

test('a book and a list have an upper bound', () => {
  const levels = (count: number) => Array.from({ length: count }, () => ({ price: 1, volume: 1 }));
  const book = (count: number) =>
    envelope('PROVIDER_MARKETDATA_ORDERBOOK', { ...payloads.PROVIDER_MARKETDATA_ORDERBOOK, bids: levels(count) });
  assert.equal(codeOf(book(5000)), 'OK');
  assert.equal(codeOf(book(5001)), 'PAYLOAD_INVALID');
});

test('an envelope has the type of its payload', () => {
  const check = validateEnvelope(envelope('PROVIDER_MARKETDATA_TRADE', payloads.PROVIDER_MARKETDATA_TRADE));
  assert.ok(check.ok);
  const trade: Envelope = check.envelope;
  // Compiles only while the union narrows by `type`.
  assert.equal(trade.type === 'PROVIDER_MARKETDATA_TRADE' ? trade.payload.price : undefined, 100);
});

const examples = new URL('../../../../shared/examples/', import.meta.url);
test('every event of the shared examples is taken', {
  skip: !existsSync(examples) && 'no shared examples here',
}, () => {
  let events = 0;
  for (const file of globSync('*.ndjson', { cwd: examples })) {
    for (const line of readFileSync(new URL(file, examples), 'utf8').split('\n')) {
      if (line === '') continue;
      const value = JSON.parse(line);
      if (['REPLAY_ACCOUNT', 'CLOCK', 'COMMAND'].includes(value.type)) continue;
      events += 1;
      assert.equal(codeOf(value), 'OK', `${file}: ${line}`);
    }
  }
  assert.ok(events > 0);
});
