/**
 * Everything that the engine can be told. Time and ids come in with the input; nothing else reaches the engine.
 *
 * Market inputs name symbols by the integer id that a `symbol-listed` input gave, so that the tick path does no string
 * work. They may be reused objects: the engine copies what it keeps before `step` returns.
 *
 * `now` is the receive time in Unix milliseconds and never decreases. Times called `time` or `eventTime` are the venue's.
 */
import type { Options, Order } from '@inspector/contract';
import type { ZoneTable } from './calendar/zone-table.ts';

/** Introduces a symbol. Ids count from 0 without a hole; the edge asks `symbolIdOf` first. */
export interface SymbolListedInput {
  kind: 'symbol-listed';
  now: number;
  symbol: number;
  connectorType: string;
  marketType: string;
  name: string;
}

/** A public trade. `market` is false for prints that are no market trades (insurance fund, block trades). */
export interface TradeInput {
  kind: 'trade';
  now: number;
  symbol: number;
  price: number;
  quantity: number;
  time: number;
  market: boolean;
  /** The stream's own sequence, NaN when it has none. */
  seq: number;
}

/** A whole book, best first: price, volume, price, volume … in `bids[0 … 2 × bidCount)`, likewise asks. */
export interface BookInput {
  kind: 'book';
  now: number;
  symbol: number;
  bids: Float64Array;
  bidCount: number;
  asks: Float64Array;
  askCount: number;
  time: number;
  seq: number;
}

/** A mark price (`mark: true`) or a venue's indicative last price (`mark: false`, ranks with a candle close). */
export interface PriceInput {
  kind: 'price';
  now: number;
  symbol: number;
  price: number;
  time: number;
  mark: boolean;
  seq: number;
}

export interface CandleInput {
  kind: 'candle';
  now: number;
  symbol: number;
  close: number;
  time: number;
  seq: number;
}

/** One symbol of PROVIDER_SYMBOLS; sizes in base units, prices in quote units. */
export interface SymbolSpec {
  name: string;
  baseAsset: string;
  quoteAsset: string;
  status: string;
  tickSize: number;
  stepSize: number;
  minQuantity: number;
  minNotional?: number;
  maxLeverage?: number;
  maintenanceMarginPercent?: number;
}

/** The venue's whole symbol list: a symbol that is missing is no longer traded. */
export interface SymbolsInput {
  kind: 'symbols';
  now: number;
  connectorType: string;
  marketType: string;
  symbols: SymbolSpec[];
}

export interface VenuePosition {
  symbol: string;
  side: 'LONG' | 'SHORT';
  quantity: number;
  entryPrice: number;
  leverage?: number;
}

/** PROVIDER_ACCOUNT_EVENT. A `snapshot` lists all positions; a `position` event only those that changed (0 = flat). */
export interface AccountInput {
  kind: 'account';
  now: number;
  eventId: string;
  connectorType: string;
  marketType: string;
  accountId?: string;
  eventType: 'snapshot' | 'balance' | 'position' | 'margin' | 'transfer';
  eventTime: number;
  seq?: number;
  options: {
    walletBalance?: number;
    availableBalance?: number;
    marginRatio?: number;
    positions?: VenuePosition[];
    orders?: Order[];
    amount?: number;
  };
}

/** REPLAY_ACCOUNT, and the paper venue's own start: positions are legacy, the account counts as reconciled. */
export interface AccountStartInput {
  kind: 'account-start';
  now: number;
  connectorType: string;
  marketType: string;
  accountId?: string;
  walletBalance: number;
  positions: VenuePosition[];
}

/** PROVIDER_ORDER_CREATE or …_CLOSE. `ref` is a replay file's name for an order whose id its author cannot know. */
export interface OrderInput {
  kind: 'order';
  now: number;
  eventId: string;
  order: Partial<Order> & { connectorType: string; marketType: string; ref?: string };
  closed: boolean;
  seq?: number;
}

/** A position request as received; the engine checks its fields itself, because a bad one is a decision, not an error. */
export interface RequestInput {
  kind: 'request';
  now: number;
  eventId: string;
  type: 'open' | 'close' | 'reduce' | 'flip';
  source: 'DETECTOR' | 'ADVISOR' | 'REST';
  request: { requestId: string } & Record<string, unknown>;
}

/** `risk/check`: decided and recorded, but nothing is reserved, counted or sent. */
export interface CheckInput {
  kind: 'check';
  now: number;
  request: { requestId: string } & Record<string, unknown>;
  actor: string;
  replyTo?: number;
}

/** An operator's call, from REST or a replay file, with the fields of the REST call of that name. */
export interface CommandInput {
  kind: 'command';
  now: number;
  /** `options` `standdown` `kill-switch/trigger` `kill-switch/rearm` `adopt` `close` `protection` `rearm` `lease` `lease/release` */
  command: string;
  actor: string;
  fields: Record<string, unknown>;
  replyTo?: number;
}

/** New options, already merged and validated by the edge (`mergeOptions` of the contract). */
export interface OptionsInput {
  kind: 'options';
  now: number;
  options: Options;
  zone: ZoneTable;
  actor: string;
  reason?: string;
  /** Refused with OPTIONS_CONFLICT when it is not the version in force. */
  ifVersion?: number;
  replyTo?: number;
}

/** The Provider's answer to a place or cancel effect. An accepted placing is not yet a working order. */
export interface OrderAnswerInput {
  kind: 'order-answer';
  now: number;
  accountKey: string;
  clientOrderId: string;
  call: 'place' | 'cancel';
  outcome: 'accepted' | 'rejected' | 'unknown';
  order?: Partial<Order>;
  /** WOULD_TRIGGER MARGIN MIN_SIZE REDUCE_ONLY RATE_LIMIT DUPLICATE UNKNOWN, or NOT_FOUND for a cancel */
  reason?: string;
  reasonText?: string;
}

/** The answer to a query effect: what the venue itself shows. `ok: false` changes nothing: unknown is not flat. */
export interface VenueStateInput {
  kind: 'venue-state';
  now: number;
  accountKey: string;
  queryId: number;
  ok: boolean;
  reason?: string;
  time: number;
  walletBalance?: number;
  availableBalance?: number;
  marginRatio?: number;
  positions?: readonly VenuePosition[];
  /** All open orders, conditional ones too. */
  orders?: readonly Order[];
  /** The looked-up order of an order query: null when the venue does not know it. */
  order?: Order | null;
}

/** What the bus refused; recorded as DEAD_LETTER. */
export interface DeadLetterInput {
  kind: 'dead-letter';
  now: number;
  code: string;
  reason: string;
  eventType?: string;
  eventId?: string;
  sample?: string;
}

/**
 * The bus may have lost account events without a jump in their numbers showing it: it was away, or was emptied. The account
 * is compared with the venue before anything is approved; without `accountKey` every account is.
 */
export interface StreamGapInput {
  kind: 'stream-gap';
  now: number;
  reason: string;
  accountKey?: string;
}

/** What the venue of an account can and cannot do, as its connector found it; told at each start and when it changes. */
export interface VenueCapabilitiesInput {
  kind: 'venue-capabilities';
  now: number;
  accountKey: string;
  capabilities: readonly { name: string; can: boolean; note?: string }[];
}

/** A service instance began: accounts are unreconciled until the venue has answered. */
export interface StartedInput {
  kind: 'started';
  now: number;
  epoch: number;
  appKey: string;
  version: string;
}

export interface StoppedInput {
  kind: 'stopped';
  now: number;
  reason: string;
}

/** Lets time pass, so that timers fire. */
export interface ClockInput {
  kind: 'clock';
  now: number;
  /** True for a CLOCK line of a file: an input of its own, which begins a new day. A timer that falls due begins none. */
  line?: true;
}

export type MarketInput = TradeInput | BookInput | PriceInput | CandleInput;

export type EngineInput =
  | MarketInput
  | SymbolListedInput
  | SymbolsInput
  | AccountInput
  | AccountStartInput
  | OrderInput
  | RequestInput
  | CheckInput
  | CommandInput
  | OptionsInput
  | OrderAnswerInput
  | VenueStateInput
  | DeadLetterInput
  | StreamGapInput
  | VenueCapabilitiesInput
  | StartedInput
  | StoppedInput
  | ClockInput;
