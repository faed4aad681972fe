/**
 * From the wire to the engine: whatever came in on the bus or stands in a replay file becomes engine inputs, in their
 * order. This is the one place where events are judged; inside, types. Live and replay go through here alike.
 */
import type { Envelope } from '@inspector/contract';
import type { AccountInput, EngineInput, OrderInput, RequestInput, SymbolListedInput } from '@inspector/engine';
import { type DeadLetter, deadLetter } from '../bus/dead-letter.ts';
import { receiveEnvelope } from '../bus/receive.ts';
import { createMarketInputs, isBestFirst, packLevels } from './market-inputs.ts';
import { createSymbolIds, type ListedSymbols, SYMBOLS_LIMIT } from './symbol-ids.ts';

export interface Decoder {
  /**
   * Inputs of one message, with `now` as their time: none for what asks nothing of the engine, a `dead-letter` input for
   * what is refused. Never throws. The array and its market inputs are reused: valid until the next call. A
   * `symbol-listed` among them must reach the engine, or ids are off from then on.
   */
  decode(message: unknown, now: number, channel?: string): readonly EngineInput[];
}

export interface DecoderOptions {
  symbols: ListedSymbols;
  /** Replay files may name an order by `ref`; on the bus the field is dropped. */
  acceptRefs?: boolean;
}

const requestKinds = {
  DETECTOR_POSITION_OPEN_REQUEST: 'open',
  DETECTOR_POSITION_CLOSE_REQUEST: 'close',
  DETECTOR_POSITION_REDUCE_REQUEST: 'reduce',
  DETECTOR_POSITION_FLIP_REQUEST: 'flip',
} as const;

export function createDecoder({ symbols, acceptRefs = false }: DecoderOptions): Decoder {
  const ids = createSymbolIds(symbols);
  const market = createMarketInputs();
  const inputs: EngineInput[] = [];
  let now = 0;

  const announce = (input: SymbolListedInput) => {
    input.now = now;
    inputs.push(input);
  };
  const refuse = (letter: DeadLetter) => void inputs.push(deadLetterInput(letter, now));

  /** −1, and the envelope dead-lettered, when there is no room for a new symbol. */
  function symbolOf(envelope: Envelope, connectorType: string, marketType: string, name: string): number {
    const symbol = ids.of(connectorType, marketType, name, announce);
    if (symbol < 0) refuse(deadLetter('PAYLOAD_INVALID', `more than ${SYMBOLS_LIMIT} symbols`, envelope));
    return symbol;
  }

  function decodeTrade(envelope: Envelope<'PROVIDER_MARKETDATA_TRADE'>): void {
    const { connectorType, marketType, symbol, price, volume, time, market: isMarket } = envelope.payload;
    const id = symbolOf(envelope, connectorType, marketType, symbol.name);
    if (id < 0) return;
    const { trade } = market;
    trade.now = now;
    trade.symbol = id;
    trade.price = price;
    trade.quantity = volume;
    trade.time = time;
    trade.market = isMarket !== false;
    trade.seq = envelope.seq ?? Number.NaN;
    inputs.push(trade);
  }

  function decodeBook(envelope: Envelope<'PROVIDER_MARKETDATA_ORDERBOOK'>): void {
    const { connectorType, marketType, symbol, bids, asks, time } = envelope.payload;
    // The first level is taken for the best: a book in another order would be walked at wrong prices.
    if (!isBestFirst(bids, -1) || !isBestFirst(asks, 1)) {
      refuse(deadLetter('PAYLOAD_INVALID', 'the book is not best first', envelope));
      return;
    }
    const id = symbolOf(envelope, connectorType, marketType, symbol.name);
    if (id < 0) return;
    const { book } = market;
    book.now = now;
    book.symbol = id;
    book.bids = packLevels(bids, book.bids);
    book.bidCount = bids.length;
    book.asks = packLevels(asks, book.asks);
    book.askCount = asks.length;
    book.time = time;
    book.seq = envelope.seq ?? Number.NaN;
    inputs.push(book);
  }

  function decodeCandle(envelope: Envelope<'PROVIDER_MARKETDATA_CANDLE'>): void {
    const { connectorType, marketType, symbol, close, time } = envelope.payload;
    const id = symbolOf(envelope, connectorType, marketType, symbol.name);
    if (id < 0) return;
    const { candle } = market;
    candle.now = now;
    candle.symbol = id;
    candle.close = close;
    candle.time = time;
    candle.seq = envelope.seq ?? Number.NaN;
    inputs.push(candle);
  }

  function decodePrices(envelope: Envelope<'PROVIDER_SYMBOL_PRICES'>): void {
    const { connectorType, marketType, prices } = envelope.payload;
    let count = 0;
    for (const name of Object.keys(prices)) {
      const { value, moment, mark } = prices[name]!;
      const id = symbolOf(envelope, connectorType, marketType, name);
      if (id < 0) return;
      const price = market.price(count);
      price.now = now;
      price.symbol = id;
      price.price = value;
      price.time = moment;
      price.mark = mark === true;
      // The message's number belongs to the list, not to each symbol in it.
      price.seq = Number.NaN;
      count++;
      inputs.push(price);
    }
  }

  function decodeSymbols(envelope: Envelope<'PROVIDER_SYMBOLS'>): void {
    const { connectorType, marketType, symbols } = envelope.payload;
    for (const { name } of symbols) if (symbolOf(envelope, connectorType, marketType, name) < 0) return;
    inputs.push({ kind: 'symbols', now, connectorType, marketType, symbols });
  }

  function decodeAccount(envelope: Envelope<'PROVIDER_ACCOUNT_EVENT'>): void {
    const { connectorType, marketType, accountId, eventType, eventTime, options } = envelope.payload;
    for (const { symbol } of options.positions ?? []) {
      if (symbolOf(envelope, connectorType, marketType, symbol) < 0) return;
    }
    for (const { symbol } of options.orders ?? []) {
      if (symbolOf(envelope, connectorType, marketType, symbol.name) < 0) return;
    }
    const input: AccountInput = {
      kind: 'account',
      now,
      eventId: envelope.eventId,
      connectorType,
      marketType,
      eventType,
      eventTime,
      options: options as AccountInput['options'],
    };
    if (accountId !== undefined) input.accountId = accountId;
    if (envelope.seq !== undefined) input.seq = envelope.seq;
    inputs.push(input);
  }

  function decodeOrder(envelope: Envelope<'PROVIDER_ORDER_CREATE' | 'PROVIDER_ORDER_CLOSE'>, closed: boolean): void {
    const { payload, eventId, seq } = envelope;
    if (symbolOf(envelope, payload.connectorType, payload.marketType, payload.symbol.name) < 0) return;
    const order = { ...payload } as OrderInput['order'];
    if (!acceptRefs) delete order.ref;
    const input: OrderInput = { kind: 'order', now, eventId, order, closed };
    if (seq !== undefined) input.seq = seq;
    inputs.push(input);
  }

  function decodeRequest(
    envelope: Envelope,
    type: RequestInput['type'],
    source: RequestInput['source'],
    request: RequestInput['request'],
  ): void {
    inputs.push({ kind: 'request', now, eventId: envelope.eventId, type, source, request });
  }

  /** Only an approval with a request acts; anything else that an advisor says is not Inspector's business. */
  function decodeAdvice(envelope: Envelope<'ADVISOR_DECISION_RESPONSE'>): void {
    const { approved, request } = envelope.payload;
    if (approved !== true || request === undefined) return;
    if (hasRequestId(request)) decodeRequest(envelope, 'open', 'ADVISOR', request);
    else refuse(deadLetter('PAYLOAD_INVALID', 'the request has no requestId', envelope));
  }

  function decodeEnvelope(envelope: Envelope): void {
    switch (envelope.type) {
      case 'PROVIDER_MARKETDATA_TRADE':
        decodeTrade(envelope);
        break;
      case 'PROVIDER_MARKETDATA_ORDERBOOK':
        decodeBook(envelope);
        break;
      case 'PROVIDER_MARKETDATA_CANDLE':
        decodeCandle(envelope);
        break;
      case 'PROVIDER_SYMBOL_PRICES':
        decodePrices(envelope);
        break;
      case 'PROVIDER_SYMBOLS':
        decodeSymbols(envelope);
        break;
      case 'PROVIDER_ACCOUNT_EVENT':
        decodeAccount(envelope);
        break;
      case 'PROVIDER_ORDER_CREATE':
        decodeOrder(envelope, false);
        break;
      case 'PROVIDER_ORDER_CLOSE':
        decodeOrder(envelope, true);
        break;
      case 'DETECTOR_POSITION_OPEN_REQUEST':
      case 'DETECTOR_POSITION_CLOSE_REQUEST':
      case 'DETECTOR_POSITION_REDUCE_REQUEST':
      case 'DETECTOR_POSITION_FLIP_REQUEST':
        decodeRequest(envelope, requestKinds[envelope.type], 'DETECTOR', envelope.payload);
        break;
      case 'ADVISOR_DECISION_RESPONSE':
        decodeAdvice(envelope);
        break;
      default:
        break; // INSPECTOR_*: its own
    }
  }

  return {
    decode(message, at, channel) {
      inputs.length = 0;
      now = at;
      const received = receiveEnvelope(message, channel);
      if (received.ok) decodeEnvelope(received.envelope);
      else if (isApproval(received.candidate)) decodeAdvice(received.candidate);
      else if (!isOwn(received.deadLetter)) refuse(received.deadLetter);
      return inputs;
    },
  };
}

export function deadLetterInput(letter: DeadLetter, now: number): EngineInput {
  return { kind: 'dead-letter', now, ...letter };
}

function hasRequestId(request: Record<string, unknown>): request is RequestInput['request'] {
  return typeof request.requestId === 'string';
}

/**
 * An approved request is decided whatever is wrong with the rest of the advisor's message, for it is a request event
 * with a `requestId`; only its envelope and source must be right.
 */
function isApproval(candidate: unknown): candidate is Envelope<'ADVISOR_DECISION_RESPONSE'> {
  if (typeof candidate !== 'object' || candidate === null) return false;
  const { type, source, eventId, payload } = candidate as Record<string, unknown>;
  if (type !== 'ADVISOR_DECISION_RESPONSE' || source !== 'ADVISOR' || typeof eventId !== 'string') return false;
  if (typeof payload !== 'object' || payload === null) return false;
  const { approved, request } = payload as Record<string, unknown>;
  if (approved !== true || typeof request !== 'object' || request === null) return false;
  return hasRequestId(request as Record<string, unknown>);
}

/** Inspector's own events come back to it on a shared bus; an older instance may have published another shape. */
function isOwn({ code, eventType }: DeadLetter): boolean {
  return code === 'PAYLOAD_INVALID' && eventType?.startsWith('INSPECTOR_') === true;
}
