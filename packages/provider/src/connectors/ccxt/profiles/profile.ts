import type { Order, VenuePosition } from '@inspector/contract';
import type { Balances, Market, Position, Trade, Order as VenueOrder } from 'ccxt';
import type { PlacingCall } from '../order-words.ts';
import type { UserWord } from '../user-words.ts';
import type { Venue } from '../venue.ts';
import type { OrderQuestion } from '../venue-calls.ts';
import type { Meaning } from '../venue-trouble.ts';

/**
 * What is particular to one market of one exchange. Everything that ccxt unifies well enough is left to ccxt; a profile
 * without the optional parts is what an exchange gets that nobody has looked at closely.
 */
export interface VenueProfile {
  /** As in `CONNECTORS`. */
  exchange: string;
  marketType: MarketKind;
  /** Module and class of ccxt. */
  ccxtId: string;
  /** Added to the options of the ccxt instance. */
  options: Record<string, unknown>;
  /** Corrects what ccxt believes that it can do: it asks for coins with a key that may not, unless it cannot. */
  has?: Readonly<Record<string, boolean>>;
  /** Meanings of the venue's own codes. */
  codes: Readonly<Record<string, Meaning>>;
  /** Meanings of words, for codes that mean several things. Looked at first. */
  phrases?: readonly (readonly [RegExp, Meaning])[];
  /** Conditional orders are in a book of their own: open orders and cancels ask for both. */
  hasConditionalBook: boolean;
  /** Each symbol has a margin mode of its own, cross or isolated. */
  hasMarginModeBySymbol?: boolean;
  /** Conditional orders can be asked for by the client id that they were given. */
  namesConditional: boolean;
  /** Streamed when none are named, by the venue's names: so that the connector is seen to live. */
  defaultSymbols: readonly string[];
  /** One call cancels all orders of a symbol in a book. */
  cancelsAll: boolean;
  /** Requests in a minute, in the venue's weight, and what each kind of call costs. */
  budget: RequestBudget;
  /** What ccxt needs besides when the addresses are others than the venue's own. */
  onOtherAddress?(venue: Venue): void;
  /** Goes over to the venue's test environment, before the first call. Without it ccxt's sandbox is. */
  useTestnet?(venue: Venue): void;
  /** Parameters of a placing call beside those that are the same everywhere. */
  orderParameters(order: Order, account: AccountMode): Record<string, unknown>;
  /** Where placing takes more than parameters. */
  shapeCall?(call: PlacingCall, order: Order): PlacingCall;
  /** How this order is asked for or cancelled by its client id. */
  nameParameters(clientOrderId: string, isConditional: boolean): Record<string, unknown>;
  /** Where asking or cancelling by client id takes more than parameters. `fetchOrder` rejects as ccxt does for no such order. */
  fetchOrder?(venue: Venue, question: OrderQuestion): Promise<VenueOrder>;
  cancelOrder?(venue: Venue, question: OrderQuestion): Promise<unknown>;
  /** All open orders, conditional ones too, whole. */
  fetchOpenOrders?(venue: Venue, symbol: string | undefined): Promise<VenueOrder[]>;
  /** Parameters that restrict the account's trades to one order. */
  tradesOf(externalId: string): Record<string, unknown>;
  /** Where asking for trades takes more than parameters. */
  fetchTrades?(venue: Venue, question: TradesQuestion): Promise<Trade[]>;
  /** `marginMode` is what the next entries want, when they want one. */
  leverageParameters?(leverage: number, symbolName: string, marginMode?: 'cross' | 'isolated'): Record<string, unknown>;
  positionParameters?: Record<string, unknown>;
  /** All open positions, whole. */
  fetchPositions?(venue: Venue): Promise<Position[]>;
  /** Where positions are what the balances say: both, read together, in place of `fetchBalance` and `fetchPositions`. */
  readAccount?(venue: Venue): Promise<AccountReading>;
  /** Money that came or went since a time of the venue, oldest first, by its log. */
  fetchTransfers?(venue: Venue, since: number): Promise<Transfer[]>;
  /** The stream tells of them too. */
  streamsTransfers?: boolean;
  balanceParameters?: Record<string, unknown>;
  /** Corrects what ccxt reads of an order, in place of nothing. */
  refine?(read: OrderWords, shown: VenueOrder): OrderWords;
  /** Addresses of the sockets that the account's events come by. */
  privateSocket: RegExp;
  /** What keeps the account's events coming: each is called again and again. */
  watchAccount: readonly ((venue: Venue) => Promise<unknown>)[];
  /** What a message of these sockets says, in order; empty for what says nothing. Without it the account is polled. */
  userWords?(message: unknown, venue: Venue): UserWord[];
  /** The stream tells everything when so many subscriptions are confirmed. Without it, when its socket is open. */
  subscriptions?: number;
  /** Makes ccxt ask for a new key of the private stream when it is opened next. */
  forgetSession?(venue: Venue): void;
  /** What the answer to `fetchBalance` says. */
  balances(shown: Balances): BalanceWords;
  /** Modes of the account; throws a coded error for one that cannot be handled. */
  accountMode?(venue: Venue): Promise<AccountMode>;
  /** False for markets that the market kind's own rule takes and that are not governed here. */
  isMarket?(market: Market): boolean;
}

export const marketKinds = ['futures', 'spot'] as const;
export type MarketKind = (typeof marketKinds)[number];

/** How the account is set up at the venue. */
export interface AccountMode {
  /** Long and short of one symbol are positions of their own. */
  isHedged: boolean;
  marginMode?: 'cross' | 'isolated';
}

export interface TradesQuestion {
  /** ccxt's name of the symbol. */
  symbol: string;
  since: number;
  externalId: string;
}

export interface Transfer {
  /** Names it for ever: it may be shown again. */
  id: string;
  asset: string;
  /** Negative when it went. */
  amount: number;
  time: number;
}

export interface AccountReading {
  balances: BalanceWords;
  positions: VenuePosition[];
}

export interface BalanceWords {
  /** Whole balances by asset, of those that count as money. */
  wallets: ReadonlyMap<string, number>;
  availableBalance: number;
  /** Maintenance margin / equity, as a fraction. */
  marginRatio: number;
}

export interface RequestBudget {
  /** Weight that may be spent in a minute. */
  perMinute: number;
  cost: Readonly<Record<CallKind, number>>;
}

export type CallKind =
  | 'place'
  | 'cancel'
  | 'order'
  | 'open-orders'
  | 'account'
  | 'trades'
  | 'transfers'
  | 'setting'
  | 'market';

/** What is read of an order of the venue: an order but for its place and its sender. */
export type OrderWords = Pick<
  Order,
  | 'externalId'
  | 'clientOrderId'
  | 'symbol'
  | 'side'
  | 'type'
  | 'quantity'
  | 'quantityExecuted'
  | 'priceExecuted'
  | 'status'
  | 'time'
  | 'updateTime'
> &
  Partial<
    Pick<Order, 'price' | 'stopPrice' | 'triggerBy' | 'reduceOnly' | 'closePosition' | 'fee' | 'reason' | 'reasonText'>
  > & {
    /** The venue's id of the order that this conditional one became when it was triggered. */
    becomes?: string;
  };

/** The restriction of an order to a position in one-way mode. */
export const restrictedTo = ({ reduceOnly, closePosition }: Order): Record<string, unknown> => ({
  ...(reduceOnly === true || closePosition === true ? { reduceOnly: true } : {}),
});
