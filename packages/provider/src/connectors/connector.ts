import type { Envelope, Order, SymbolSpec, VenuePosition } from '@inspector/contract';

/**
 * One account at one market of a venue. The Provider knows venues by this port only; `paper`, `replay` and `ccxt`
 * implement it and pass the same contract test.
 *
 * A connector delivers market data, the symbol list and the account's events as envelopes, in the order in which they
 * happened; account and order events carry one `seq`. Events that a call causes are delivered before its promise settles,
 * or right after where a live venue tells of them by a stream of its own.
 */
export interface Connector {
  readonly connectorType: string;
  readonly marketType: string;
  readonly accountId?: string;

  /** Connects and begins to deliver: the symbols, a `snapshot` of the account, then what happens. Once only. */
  start(deliver: Deliver): Promise<void>;
  /** Stops delivering and lets go of files and sockets. A second call does nothing. */
  stop(): Promise<void>;
  status(): ConnectorStatus;
  /** What the venue can and cannot do, once that is known; without it a connector can do everything. */
  capabilities?(): Capability[];

  /**
   * Places an order. `clientOrderId` is idempotent for 24 h. A refusal is an answer (status REJECTED with `reason`), not
   * an error. Errors: TIMEOUT and UNAVAILABLE leave the outcome unknown; DUPLICATE: the id belongs to another order.
   */
  place(order: Order): Promise<Order>;
  /** Cancels one order. Null when the venue does not know it; an order that had ended is answered as it is. */
  cancel(which: OrderName): Promise<Order | null>;
  /** Cancels all open orders, conditional ones too, of one symbol when given; answers those it cancelled. */
  cancelAll(symbol?: string): Promise<Order[]>;

  /** The order as the venue knows it, open or ended in the last 24 h; null when it does not. */
  order(which: OrderName): Promise<Order | null>;
  /** All open orders, conditional ones too. */
  openOrders(symbol?: string): Promise<Order[]>;
  /** The account's own fills since a time, oldest first. */
  fills(since: number, symbol?: string): Promise<AccountFill[]>;
  account(): Promise<AccountState>;
  /**
   * Leverage of a symbol's next entries, and its margin mode when one is given and the venue has a choice; answers the
   * leverage that is in force.
   */
  setLeverage(
    symbol: string,
    leverage: number,
    marginMode?: 'cross' | 'isolated',
  ): Promise<{ symbol: string; leverage: number }>;

  symbols(): Promise<SymbolSpec[]>;
  /** Candles that began in [from, to), oldest first, at most CANDLES_LIMIT, the newest of them. */
  candles(query: CandleQuery): Promise<Candle[]>;
}

export interface Capability {
  name: string;
  can: boolean;
  /** What is done instead where it cannot; what is worth knowing where it can. */
  note?: string;
}

/** Takes one envelope. It must not throw, and not block. */
export type Deliver = (envelope: Envelope) => void;

/** Candles in one answer; more are cut at the old end. */
export const CANDLES_LIMIT = 1500;

export interface ConnectorStatus {
  ok: boolean;
  /** When the venue last spoke, in Unix milliseconds; null when it never did. */
  lastEventAt: number | null;
  /** Why it is not ok. */
  reason?: string;
}

/** Names an order by any id that the caller has; the first one given counts. */
export interface OrderName {
  clientOrderId?: string;
  id?: string;
  externalId?: string;
  symbol?: string;
}

export interface AccountState {
  time: number;
  walletBalance: number;
  availableBalance: number;
  /** Maintenance margin / equity, as a fraction. */
  marginRatio: number;
  /** Open positions only. */
  positions: VenuePosition[];
}

/** What an order of this account filled so far. */
export interface AccountFill {
  clientOrderId: string;
  externalId: string;
  symbol: string;
  side: 'BUY' | 'SELL';
  /** Cumulative quantity and mean price of the order at that time. */
  quantityExecuted: number;
  priceExecuted: number;
  fee: number;
  time: number;
}

export interface CandleQuery {
  symbol: string;
  /** `1m`, `5m`, `15m`, `1h`, `4h` or `1d`. */
  interval: string;
  from?: number;
  to?: number;
}

export interface Candle {
  /** Start of the candle. */
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

export type ConnectorErrorCode =
  | 'TIMEOUT'
  | 'UNAVAILABLE'
  | 'DUPLICATE'
  | 'SYMBOL_UNKNOWN'
  | 'INTERVAL_UNKNOWN'
  | 'REFUSED'
  | 'VENUE_UNKNOWN'
  | 'MARKET_TYPE_UNKNOWN'
  | 'ACCOUNT_MODE'
  | 'INPUT_UNREADABLE'
  | 'STATE_UNREADABLE';

/** An operating error of a connector, told apart by `code`. */
export class ConnectorError extends Error {
  readonly code: ConnectorErrorCode;

  constructor(code: ConnectorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConnectorError';
    this.code = code;
  }
}
