import type { FakeFill, FakeOrder, OrderSide, OrderType, PositionSide, PriceSource } from '#exchange/order.ts';
import type { FakePosition } from '#exchange/state.ts';
import type { BookLevel } from '#exchange/symbol-market.ts';
import type { Played, Playing } from '#market/recording.ts';
import type { Walking } from '#market/walking-market.ts';
import type { FakeRequest } from '#server/wire.ts';
import type { FakeFaults } from './faults.ts';

export interface FakeMarket {
  /** Best first. */
  setBook(symbol: string, bids: readonly BookLevel[], asks: readonly BookLevel[]): void;
  /** A trade of others; its side is the taker's, BUY without one. */
  print(symbol: string, price: number, quantity: number, side?: OrderSide): void;
  mark(symbol: string, price: number): void;
  /** Book, a trade and the mark go to the price: what it crosses fills and triggers. */
  move(symbol: string, price: number): void;
  /** All symbols move by themselves until the venue stops. */
  walk(walking: Walking): void;
  /** Plays a recording; done when all of it is played or the venue stops. */
  play(lines: AsyncIterable<string> | Iterable<string>, playing: Omit<Playing, 'isStopped'>): Promise<Played>;
}

export interface FakeAccount {
  wallet: number;
  available: number;
  unrealizedPnl: number;
  /** Those that are not flat. */
  positions: FakePosition[];
  openOrders: FakeOrder[];
  conditionalOrders: FakeOrder[];
  /** All of both books, oldest first. */
  orders: FakeOrder[];
  fills: FakeFill[];
}

export interface OwnerOrder {
  symbol: string;
  side: OrderSide;
  type: OrderType;
  quantity: number;
  price?: number;
  /** Of a stop or target: its trigger. */
  stopPrice?: number;
  triggerBy?: PriceSource;
  reduceOnly?: boolean;
  closePosition?: boolean;
  positionSide?: PositionSide;
  clientId?: string;
}

/** What the owner does by hand. Throws when the exchange refuses it. */
export interface FakeOwner {
  order(order: OwnerOrder): FakeOrder;
  closePosition(symbol: string): void;
  /** Both books. */
  cancelAll(symbol?: string): void;
  cancel(id: number): void;
  /** Above 0 a deposit, below a withdrawal. */
  transfer(amount: number): void;
  leverage(symbol: string, leverage: number): void;
  /** Funding on what is held; a long pays a rate above 0. */
  funding(symbol: string, ratePercent: number): void;
}

export interface FakeVenue {
  /** Base of REST and WebSockets. */
  url: string;
  market: FakeMarket;
  account(): FakeAccount;
  owner: FakeOwner;
  faults: FakeFaults;
  requests(): FakeRequest[];
  /**
   * How many orders the API had accepted under each client id. An order that the `neverWorking` fault swallowed is
   * not counted: it never was.
   */
  placings(): Map<string, number>;
  /** WebSockets that are open. */
  socketCount(): number;
  stop(): Promise<void>;
}
