import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineInput } from '@inspector/engine';
import fc from 'fast-check';
import { createDecoder } from './decode.ts';
import type { ListedSymbols } from './symbol-ids.ts';

const NOW = 1_723_118_400_000;
const EVENT_ID = '00000000-0000-4000-8000-000000000001';
const market = { connectorType: 'paper', marketType: 'futures' };
const trade = { ...market, symbol: { name: 'BTCUSDT' }, price: 60_000, volume: 0.5, side: 'LONG', time: NOW - 7 };

/** Decodes as an engine would be fed: what was listed is known to the next message. */
function openDecoder(acceptRefs = false) {
  const listed = new Map<string, number>();
  const symbols: ListedSymbols = {
    idOf: (connectorType, marketType, name) => listed.get(`${connectorType}:${marketType}:${name}`) ?? -1,
    count: () => listed.size,
  };
  const decoder = createDecoder({ symbols, acceptRefs });
  return {
    listed,
    decode(message: unknown, channel?: string): EngineInput[] {
      const inputs = decoder.decode(message, NOW, channel).map((input) => structuredClone(input));
      for (const input of inputs) {
        if (input.kind !== 'symbol-listed') continue;
        assert.equal(input.symbol, listed.size, 'ids have no hole');
        listed.set(`${input.connectorType}:${input.marketType}:${input.name}`, input.symbol);
      }
      return inputs;
    },
  };
}

function envelope(type: string, payload: unknown, more: Record<string, unknown> = {}) {
  return { eventId: EVENT_ID, type, source: type.slice(0, type.indexOf('_')), timestamp: NOW - 3, payload, ...more };
}

const kinds = (inputs: readonly EngineInput[]) => inputs.map((input) => input.kind);

function onlyDeadLetter(inputs: readonly EngineInput[]) {
  assert.deepEqual(kinds(inputs), ['dead-letter']);
  const [letter] = inputs;
  assert.ok(letter?.kind === 'dead-letter');
  return letter;
}

test('a trade lists its symbol once and then only names its id', () => {
  const { decode } = openDecoder();
  const first = decode(envelope('PROVIDER_MARKETDATA_TRADE', trade, { seq: 9 }));
  assert.deepEqual(first, [
    { kind: 'symbol-listed', now: NOW, symbol: 0, ...market, name: 'BTCUSDT' },
    { kind: 'trade', now: NOW, symbol: 0, price: 60_000, quantity: 0.5, time: NOW - 7, market: true, seq: 9 },
  ]);
  const second = decode(envelope('PROVIDER_MARKETDATA_TRADE', { ...trade, market: false }));
  assert.deepEqual(second, [
    { kind: 'trade', now: NOW, symbol: 0, price: 60_000, quantity: 0.5, time: NOW - 7, market: false, seq: Number.NaN },
  ]);
});

test('JSON text and bytes decode like the object', () => {
  const message = envelope('PROVIDER_MARKETDATA_TRADE', trade);
  const text = JSON.stringify(message);
  assert.deepEqual(openDecoder().decode(text), openDecoder().decode(message));
  assert.deepEqual(openDecoder().decode(Buffer.from(text)), openDecoder().decode(message));
});

test('market inputs are reused, so that a tick allocates nothing', () => {
  const decoder = createDecoder({ symbols: { idOf: () => 3, count: () => 4 } });
  const message = envelope('PROVIDER_MARKETDATA_TRADE', trade);
  const [first] = decoder.decode(message, NOW);
  const [second] = decoder.decode(message, NOW + 1);
  assert.equal(first, second);
  assert.equal(second?.now, NOW + 1);
});

test('a book of any size is packed as price, volume, best first', () => {
  const { decode } = openDecoder();
  const bids = Array.from({ length: 300 }, (_, index) => ({ price: 1000 - index, volume: index + 1 }));
  const payload = { ...market, symbol: { name: 'ETHUSDT' }, bids, asks: [{ price: 1001, volume: 2 }], time: NOW };
  const book = decode(envelope('PROVIDER_MARKETDATA_ORDERBOOK', payload))[1];
  assert.ok(book?.kind === 'book');
  assert.equal(book.bidCount, 300);
  assert.deepEqual([...book.bids.subarray(0, 4)], [1000, 1, 999, 2]);
  assert.deepEqual([...book.bids.subarray(598, 600)], [701, 300]);
  assert.deepEqual([...book.asks.subarray(0, 2 * book.askCount)], [1001, 2]);
});

test('a book that is not best first is dead-lettered', () => {
  const bids = [
    { price: 999, volume: 1 },
    { price: 1000, volume: 1 },
  ];
  const payload = { ...market, symbol: { name: 'ETHUSDT' }, bids, asks: [], time: NOW };
  const letter = onlyDeadLetter(openDecoder().decode(envelope('PROVIDER_MARKETDATA_ORDERBOOK', payload)));
  assert.equal(letter.code, 'PAYLOAD_INVALID');
  assert.equal(letter.eventId, EVENT_ID);
});

test('one price list gives a price input a symbol', () => {
  const { decode } = openDecoder();
  const prices = { BTCUSDT: { value: 60_000, moment: NOW, mark: true }, ETHUSDT: { value: 2000, moment: NOW - 1 } };
  const inputs = decode(envelope('PROVIDER_SYMBOL_PRICES', { ...market, prices }));
  assert.deepEqual(
    inputs.filter((input) => input.kind === 'price'),
    [
      { kind: 'price', now: NOW, symbol: 0, price: 60_000, time: NOW, mark: true, seq: Number.NaN },
      { kind: 'price', now: NOW, symbol: 1, price: 2000, time: NOW - 1, mark: false, seq: Number.NaN },
    ],
  );
});

test('a candle gives its close', () => {
  const candle = {
    ...market,
    symbol: { name: 'X' },
    interval: '1m',
    open: 1,
    high: 3,
    low: 1,
    close: 2,
    volume: 9,
    time: NOW,
  };
  const input = openDecoder().decode(envelope('PROVIDER_MARKETDATA_CANDLE', candle))[1];
  assert.ok(input?.kind === 'candle' && input.close === 2 && input.time === NOW);
});

test('account and order events keep their fields and the account stream’s number', () => {
  const { decode } = openDecoder(true);
  const options = { walletBalance: 5, positions: [{ symbol: 'BTCUSDT', side: 'LONG', quantity: 1, entryPrice: 2 }] };
  const account = decode(
    envelope(
      'PROVIDER_ACCOUNT_EVENT',
      { ...market, accountId: 'a', eventType: 'snapshot', eventTime: NOW, options },
      { seq: 4 },
    ),
  );
  assert.deepEqual(account[1], {
    kind: 'account',
    now: NOW,
    eventId: EVENT_ID,
    ...market,
    accountId: 'a',
    eventType: 'snapshot',
    eventTime: NOW,
    seq: 4,
    options,
  });
  const order = {
    ...market,
    symbol: { name: 'BTCUSDT' },
    side: 'BUY',
    status: 'FILLED',
    ref: 'r:entry',
    venueField: 1,
  };
  assert.deepEqual(decode(envelope('PROVIDER_ORDER_CREATE', order, { seq: 5 })), [
    { kind: 'order', now: NOW, eventId: EVENT_ID, order, closed: false, seq: 5 },
  ]);
  assert.deepEqual(decode(envelope('PROVIDER_ORDER_CLOSE', order)), [
    { kind: 'order', now: NOW, eventId: EVENT_ID, order, closed: true },
  ]);
});

test('an order is named by ref in replay files only', () => {
  const order = { ...market, symbol: { name: 'BTCUSDT' }, side: 'BUY', status: 'FILLED', ref: 'r:entry' };
  const input = openDecoder(false).decode(envelope('PROVIDER_ORDER_CREATE', order))[1];
  assert.ok(input?.kind === 'order' && input.order.ref === undefined);
});

const requestTypes = { OPEN: 'open', CLOSE: 'close', REDUCE: 'reduce', FLIP: 'flip' };
for (const [name, type] of Object.entries(requestTypes)) {
  test(`a ${type} request reaches the engine as it is, whatever its fields`, () => {
    const request = { requestId: 'r', quantity: null, side: 7, symbol: 'no object', price: '12' };
    const inputs = openDecoder().decode(envelope(`DETECTOR_POSITION_${name}_REQUEST`, request));
    assert.deepEqual(inputs, [{ kind: 'request', now: NOW, eventId: EVENT_ID, type, source: 'DETECTOR', request }]);
  });
}

test('a request without a string requestId is dead-lettered', () => {
  for (const requestId of [undefined, null, 7, {}]) {
    const letter = onlyDeadLetter(openDecoder().decode(envelope('DETECTOR_POSITION_OPEN_REQUEST', { requestId })));
    assert.equal(letter.code, 'PAYLOAD_INVALID');
  }
});

test('an approved advisor decision with a request is an open request', () => {
  const request = { requestId: 'r', side: 'LONG' };
  for (const payload of [
    { decisionId: 'd', approved: true, request },
    { decisionId: 'd', approved: true, request, confidence: 'high' },
  ]) {
    const inputs = openDecoder().decode(envelope('ADVISOR_DECISION_RESPONSE', payload));
    assert.deepEqual(inputs, [
      { kind: 'request', now: NOW, eventId: EVENT_ID, type: 'open', source: 'ADVISOR', request },
    ]);
  }
});

test('any other advisor decision asks nothing of the engine', () => {
  for (const payload of [
    { decisionId: 'd', approved: false, request: { requestId: 'r' } },
    { decisionId: 'd', approved: true },
  ]) {
    assert.deepEqual(openDecoder().decode(envelope('ADVISOR_DECISION_RESPONSE', payload)), []);
  }
});

test('an approval whose request has no requestId is dead-lettered', () => {
  const payload = { decisionId: 'd', approved: true, request: { side: 'LONG' } };
  assert.equal(
    onlyDeadLetter(openDecoder().decode(envelope('ADVISOR_DECISION_RESPONSE', payload))).code,
    'PAYLOAD_INVALID',
  );
});

test('an advisor that is not one is refused, approved or not', () => {
  const payload = { decisionId: 'd', approved: true, request: { requestId: 'r' } };
  const message = envelope('ADVISOR_DECISION_RESPONSE', payload, { source: 'DETECTOR' });
  assert.equal(onlyDeadLetter(openDecoder().decode(message)).code, 'SOURCE_MISMATCH');
});

test('Inspector’s own events are ignored, of whatever shape', () => {
  assert.deepEqual(openDecoder().decode(envelope('INSPECTOR_RISK_KILL_SWITCH', { incidentId: 'i' })), []);
});

test('Inspector’s events from somebody else are dead-lettered', () => {
  const message = envelope('INSPECTOR_RISK_KILL_SWITCH', {}, { source: 'DETECTOR' });
  assert.equal(onlyDeadLetter(openDecoder().decode(message)).code, 'SOURCE_MISMATCH');
});

const refusals: [string, unknown, string][] = [
  ['text that is not JSON', '{"eventId":', 'ENVELOPE_INVALID'],
  ['a number', 42, 'ENVELOPE_INVALID'],
  ['null', null, 'ENVELOPE_INVALID'],
  ['an array', [envelope('PROVIDER_MARKETDATA_TRADE', trade)], 'ENVELOPE_INVALID'],
  ['no eventId', envelope('PROVIDER_MARKETDATA_TRADE', trade, { eventId: undefined }), 'ENVELOPE_INVALID'],
  ['a timestamp as text', envelope('PROVIDER_MARKETDATA_TRADE', trade, { timestamp: '1' }), 'ENVELOPE_INVALID'],
  [
    'a timestamp past all numbers',
    '{"eventId":"e","type":"PROVIDER_SYMBOLS","source":"PROVIDER","timestamp":1e999,"payload":{}}',
    'ENVELOPE_INVALID',
  ],
  ['an unknown type', envelope('PROVIDER_NONSENSE', trade), 'TYPE_UNKNOWN'],
  ['a type that is a name of every object', envelope('__proto__', trade, { source: 'PROVIDER' }), 'TYPE_UNKNOWN'],
  ['an operator’s command', envelope('COMMAND', { command: 'standdown' }, { source: 'PROVIDER' }), 'TYPE_UNKNOWN'],
  ['another source', envelope('PROVIDER_MARKETDATA_TRADE', trade, { source: 'DETECTOR' }), 'SOURCE_MISMATCH'],
  [
    'a source that does not exist',
    envelope('PROVIDER_MARKETDATA_TRADE', trade, { source: 'NOBODY' }),
    'SOURCE_MISMATCH',
  ],
  ['a price that is null', envelope('PROVIDER_MARKETDATA_TRADE', { ...trade, price: null }), 'PAYLOAD_INVALID'],
  ['a price that is NaN', envelope('PROVIDER_MARKETDATA_TRADE', { ...trade, price: Number.NaN }), 'PAYLOAD_INVALID'],
  ['a price as text', envelope('PROVIDER_MARKETDATA_TRADE', { ...trade, price: '60000' }), 'PAYLOAD_INVALID'],
  ['no payload', envelope('PROVIDER_MARKETDATA_TRADE', undefined), 'PAYLOAD_INVALID'],
];
for (const [title, message, code] of refusals) {
  test(`${title} is dead-lettered with ${code}`, () => {
    const { decode, listed } = openDecoder();
    const letter = onlyDeadLetter(decode(message));
    assert.equal(letter.code, code);
    assert.notEqual(letter.reason, '');
    assert.equal(listed.size, 0);
  });
}

test('a message over 1 MiB is dead-lettered with TOO_LARGE and a short sample', () => {
  const text = JSON.stringify(envelope('PROVIDER_MARKETDATA_TRADE', { ...trade, padding: 'x'.repeat(1_048_576) }));
  const letter = onlyDeadLetter(openDecoder().decode(text));
  assert.equal(letter.code, 'TOO_LARGE');
  assert.equal(letter.sample, text.slice(0, 512));
});

test('a refused message says what is wrong where', () => {
  const letter = onlyDeadLetter(openDecoder().decode(envelope('PROVIDER_MARKETDATA_TRADE', { ...trade, price: null })));
  assert.match(letter.reason, /\/payload\/price/);
  assert.equal(letter.eventType, 'PROVIDER_MARKETDATA_TRADE');
});

test('the older value frame takes its type from the channel and its symbol from the key', () => {
  const { symbol: _, connectorType: __, marketType: ___, ...value } = trade;
  const frame = { value, options: { ...market, key: 'BTCUSDT', updateMoment: NOW } };
  const inputs = openDecoder().decode(frame, 'PROVIDER_MARKETDATA_TRADE');
  assert.deepEqual(kinds(inputs), ['symbol-listed', 'trade']);
  assert.ok(inputs[0]?.kind === 'symbol-listed' && inputs[0].name === 'BTCUSDT');
});

test('the older value frame may name its type by key', () => {
  const frame = { value: trade, options: { ...market, key: 'PROVIDER_MARKETDATA_TRADE', updateMoment: NOW } };
  assert.deepEqual(kinds(openDecoder().decode(frame)), ['symbol-listed', 'trade']);
});

test('the Nest frame is taken off an envelope and off a value frame', () => {
  const type = 'PROVIDER_MARKETDATA_TRADE';
  const plain = openDecoder().decode(envelope(type, trade));
  assert.deepEqual(openDecoder().decode({ pattern: type, data: envelope(type, trade) }), plain);
  const frame = { value: trade, options: { ...market, key: 'any', updateMoment: NOW } };
  assert.deepEqual(openDecoder().decode(JSON.stringify({ pattern: type, data: frame })), plain);
});

test('the same older frame has the same event id every time', () => {
  const options = { ...market, key: 'k', updateMoment: NOW };
  const value = { eventType: 'balance', eventTime: NOW, options: { walletBalance: 1 } };
  const idOf = (wallet: number) => {
    const frame = { value: { ...value, options: { walletBalance: wallet } }, options };
    const [input] = openDecoder().decode(frame, 'PROVIDER_ACCOUNT_EVENT');
    assert.ok(input?.kind === 'account');
    return input.eventId;
  };
  assert.equal(idOf(1), idOf(1));
  assert.notEqual(idOf(1), idOf(2));
  assert.match(idOf(1), /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('an older frame without a type is dead-lettered', () => {
  const frame = { value: trade, options: { ...market, key: 'BTCUSDT', updateMoment: NOW } };
  assert.equal(onlyDeadLetter(openDecoder().decode(frame)).code, 'ENVELOPE_INVALID');
});

test('frames nested without end are refused, not followed', () => {
  const text = `${'{"pattern":"p","data":'.repeat(20_000)}{}${'}'.repeat(20_000)}`;
  assert.equal(onlyDeadLetter(openDecoder().decode(text)).code, 'ENVELOPE_INVALID');
});

test('decode never throws, and whatever is refused is one dead letter', () => {
  const types = [
    'PROVIDER_MARKETDATA_TRADE',
    'PROVIDER_ACCOUNT_EVENT',
    'PROVIDER_SYMBOL_PRICES',
    'ADVISOR_DECISION_RESPONSE',
  ];
  const message = fc.oneof(
    fc.anything(),
    fc.jsonValue(),
    fc.string(),
    fc.record({
      eventId: fc.string(),
      type: fc.constantFrom(...types),
      source: fc.constantFrom('PROVIDER', 'ADVISOR'),
      timestamp: fc.nat(),
      payload: fc.anything(),
    }),
    fc.record({ pattern: fc.constantFrom(...types), data: fc.anything() }),
    fc.record({ value: fc.object(), options: fc.object() }),
  );
  const decoder = createDecoder({ symbols: { idOf: () => 0, count: () => 1 } });
  fc.assert(
    fc.property(message, (sent) => {
      const inputs = decoder.decode(sent, NOW);
      const refused = inputs.filter((input) => input.kind === 'dead-letter');
      assert.ok(refused.length === 0 || inputs.length === 1);
    }),
    { numRuns: 2000 },
  );
});
