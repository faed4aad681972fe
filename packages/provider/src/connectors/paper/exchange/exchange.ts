import type { Envelope, Order } from '@inspector/contract';
import { AccountStream } from './account-stream.ts';
import type { PaperSymbol } from './admission.ts';
import { FaultSchedule, type PaperFaults } from './faults.ts';
import type { Standing } from './ledger.ts';
import { marketEventsOf } from './market-event.ts';
import { matchEvent } from './matching.ts';
import type { PaperPosition } from './netting.ts';
import { OrderBook } from './order-book.ts';
import { bodyOf, isVisible, type PaperOrder } from './paper-order.ts';
import { cancelEntry, introduce, workDelayed } from './placing.ts';
import type { PaperSettings } from './settings.ts';
import type { PaperLedgerSnapshot, PaperSnapshot } from './snapshot.ts';
import { acceptLast } from './symbol-market.ts';
import { leverageOf, marketOf, type PaperVenue, reportAccount, standing } from './venue.ts';

export interface PlaceResult {
  /** As it stands after placing; REJECTED with DUPLICATE when the id belongs to an order with another body. */
  order: Order;
  events: Envelope[];
  /** True when the caller is to be told of a time-out instead of the order (a fault). */
  timedOut: boolean;
}

export interface CancelResult {
  /** Null when the venue does not know the order. An order that had ended already is answered as it is. */
  order: Order | null;
  events: Envelope[];
}

export interface PaperState extends Standing {
  time: number;
  /** Open positions only. */
  positions: PaperPosition[];
  /** Open orders, conditional ones too, oldest first. */
  orders: Order[];
}

export interface AccountStart {
  walletBalance: number;
  positions?: readonly PositionReport[];
  symbols?: readonly PaperSymbol[];
}

interface PositionReport {
  symbol: string;
  side: 'LONG' | 'SHORT';
  quantity: number;
  entryPrice: number;
  leverage?: number;
}

/**
 * The paper venue: one account, filled against the market data that it is fed. Pure and synchronous: no clock, no
 * randomness; the same calls give the same events. Rules: contract section 5, "Paper venue".
 *
 * Every fill gives, in this order: PROVIDER_ORDER_CREATE with the order as it then stands, PROVIDER_ORDER_CLOSE when
 * that was its end, PROVIDER_ACCOUNT_EVENT `position`. They carry the timestamp of the call that caused the fill.
 * An order that begins to rest gives PROVIDER_ORDER_CREATE with NEW; one that is refused, cancelled or expires only
 * PROVIDER_ORDER_CLOSE. Nothing is liquidated and no funding is paid.
 */
export class PaperExchange {
  readonly #venue: PaperVenue;

  constructor(settings: PaperSettings) {
    this.#venue = {
      settings,
      stream: new AccountStream({ instance: settings.instance ?? 0, sequenced: settings.sequenced ?? true }),
      ledger: { wallet: settings.balance, positions: new Map(), leverages: new Map() },
      orders: new OrderBook(),
      markets: new Map(),
      symbols: new Map(),
      faults: new FaultSchedule(settings.faults),
      delayed: [],
      orderCount: 0,
    };
  }

  /** Replaces the faults in force; those that already struck an order stay with it. */
  setFaults(faults: PaperFaults): void {
    this.#venue.faults = new FaultSchedule(faults);
  }

  /** The account at the start (REPLAY_ACCOUNT): wallet, positions and, when given, the venue's whole symbol list. */
  start(start: AccountStart): void {
    this.#venue.ledger.wallet = start.walletBalance;
    this.#venue.ledger.positions.clear();
    for (const report of start.positions ?? []) this.#setPosition(report);
    if (start.symbols) this.#listSymbols(start.symbols);
  }

  /** An account event of the venue itself: it is the truth for wallet and positions, and causes no event. */
  account(envelope: Envelope): void {
    if (envelope.type !== 'PROVIDER_ACCOUNT_EVENT' || !this.#isMine(envelope.payload)) return;
    const { accountId, eventType, options } = envelope.payload;
    if ((accountId ?? '') !== (this.#venue.settings.accountId ?? '')) return;
    const { ledger } = this.#venue;
    if (options.walletBalance !== undefined) ledger.wallet = options.walletBalance;
    else if (eventType === 'transfer') ledger.wallet += options.amount ?? 0;
    if (!options.positions) return;
    if (eventType === 'snapshot') ledger.positions.clear();
    for (const report of options.positions) this.#setPosition(report);
  }

  /** Takes an account event over like `account`, and answers it as one of this stream, at `now`. */
  relay(envelope: Envelope<'PROVIDER_ACCOUNT_EVENT'>, now: number): Envelope[] {
    this.account(envelope);
    const { type, payload } = envelope;
    this.#venue.stream.emit({ type, payload }, { now, faults: this.#venue.faults });
    return this.#venue.stream.take();
  }

  /** Market data or the symbol list. Events of other connectors or other types change nothing. */
  market(envelope: Envelope): Envelope[] {
    workDelayed(this.#venue, envelope.timestamp);
    if (envelope.type === 'PROVIDER_SYMBOLS' && this.#isMine(envelope.payload))
      this.#listSymbols(envelope.payload.symbols);
    const events = this.#isMine(envelope.payload) ? marketEventsOf(envelope) : [];
    for (const event of events) matchEvent(this.#venue, event, envelope.timestamp);
    return this.#venue.stream.take();
  }

  /** Lets orders work whose delay (a fault) is over; every other call does so too. */
  advance(now: number): Envelope[] {
    workDelayed(this.#venue, now);
    return this.#venue.stream.take();
  }

  /** When `advance` is next needed; Infinity while nothing is delayed. */
  nextDue(): number {
    return this.#venue.delayed.reduce((soonest, entry) => Math.min(soonest, entry.dueAt), Number.POSITIVE_INFINITY);
  }

  /** Places an order. The same client id with the same body answers the first order and does nothing. */
  place(order: Order, now: number): PlaceResult {
    workDelayed(this.#venue, now);
    const known = this.#venue.orders.find(order.clientOrderId);
    if (known) {
      const again = known.body === bodyOf(order) ? { ...known.order } : duplicateOf(order, now);
      return { order: again, events: this.#venue.stream.take(), timedOut: false };
    }
    if (this.#venue.faults.strike('lost-request', order))
      return { order: { ...order }, events: this.#venue.stream.take(), timedOut: true };
    const entry = introduce(this.#venue, order, now);
    const timedOut = this.#venue.faults.strike('timeout', order) !== undefined;
    return { order: { ...entry.order }, events: this.#venue.stream.take(), timedOut };
  }

  cancel(clientOrderId: string, now: number): CancelResult {
    workDelayed(this.#venue, now);
    const entry = this.#venue.orders.find(clientOrderId);
    const isKnown = entry !== undefined && entry.condition !== 'lost';
    if (isKnown) cancelEntry(this.#venue, entry, now);
    return { order: isKnown ? { ...entry.order } : null, events: this.#venue.stream.take() };
  }

  /** Cancels every open order, of one symbol when given, oldest first. */
  cancelAll(now: number, symbol?: string): { orders: Order[]; events: Envelope[] } {
    workDelayed(this.#venue, now);
    const entries = [...this.#venue.orders.open()].filter(
      ({ order, condition }) => condition !== 'lost' && (symbol ?? order.symbol.name) === order.symbol.name,
    );
    for (const entry of entries) cancelEntry(this.#venue, entry, now);
    return { orders: entries.map(({ order }) => ({ ...order })), events: this.#venue.stream.take() };
  }

  /** Leverage of the symbol's next fills and of the position that is open. */
  setLeverage(symbol: string, leverage: number): void {
    const { leverages, positions } = this.#venue.ledger;
    leverages.set(symbol, leverage);
    const position = positions.get(symbol);
    if (position) positions.set(symbol, { ...position, leverage });
  }

  leverageOf(symbol: string): number {
    return leverageOf(this.#venue, symbol);
  }

  /** What the venue shows of the account now. */
  state(now: number): PaperState {
    const { ledger, orders } = this.#venue;
    return {
      time: now,
      ...standing(this.#venue),
      positions: [...ledger.positions.values()].filter((position) => position.quantity > 0),
      orders: [...orders.open()].filter(isVisible).map((entry) => ({ ...entry.order })),
    };
  }

  /** The account as a `snapshot` event: wallet, all positions, all open orders. */
  report(now: number): Envelope[] {
    const { positions, orders } = this.state(now);
    reportAccount(this.#venue, { eventType: 'snapshot', positions, orders }, now);
    return this.#venue.stream.take();
  }

  /** The order of a client id, open or ended in the last 24 h; null when the venue does not know it. */
  lookup(clientOrderId: string): Order | null {
    const entry = this.#venue.orders.find(clientOrderId);
    return entry && isVisible(entry) ? { ...entry.order } : null;
  }

  /** All orders of the last 24 h that the venue knows: the ended ones, then the open ones, each oldest first. */
  recentOrders(): Order[] {
    const { orders } = this.#venue;
    return [...orders.ended(), ...orders.open()].filter(isVisible).map((entry) => ({ ...entry.order }));
  }

  /** Everything that must survive a restart, as JSON; books come again with the market. */
  snapshot(): PaperSnapshot {
    const { orders } = this.#venue;
    return { ledger: this.ledgerSnapshot(), orders: [...orders.ended(), ...orders.open()].map(copied) };
  }

  ledgerSnapshot(): PaperLedgerSnapshot {
    const { ledger, markets, orderCount, stream } = this.#venue;
    return {
      wallet: ledger.wallet,
      positions: [...ledger.positions.values()],
      leverages: [...ledger.leverages],
      prices: [...markets].filter(([, market]) => market.last > 0).map(([symbol, market]) => [symbol, market.last]),
      orderCount,
      eventCount: stream.count,
    };
  }

  orderSnapshot(clientOrderId: string): PaperOrder | undefined {
    const entry = this.#venue.orders.find(clientOrderId);
    return entry && copied(entry);
  }

  /** Takes a snapshot over; meant for a new exchange, before its first call. */
  restore({ ledger, orders }: PaperSnapshot): void {
    const venue = this.#venue;
    venue.ledger.wallet = ledger.wallet;
    for (const position of ledger.positions) venue.ledger.positions.set(position.symbol, position);
    for (const [symbol, leverage] of ledger.leverages) venue.ledger.leverages.set(symbol, leverage);
    for (const [symbol, price] of ledger.prices) acceptLast(marketOf(venue, symbol), price, 0);
    venue.orderCount = ledger.orderCount;
    venue.stream.resumeAfter(ledger.eventCount);
    for (const entry of orders) venue.orders.add(copied(entry));
    venue.delayed = [...venue.orders.open()].filter((entry) => entry.condition === 'delayed');
  }

  #isMine(payload: object): boolean {
    const { connectorType, marketType } = payload as { connectorType?: string; marketType?: string };
    return connectorType === this.#venue.settings.connectorType && marketType === this.#venue.settings.marketType;
  }

  #listSymbols(symbols: readonly PaperSymbol[]): void {
    this.#venue.symbols.clear();
    for (const symbol of symbols) this.#venue.symbols.set(symbol.name, symbol);
  }

  #setPosition({ symbol, side, quantity, entryPrice, leverage }: PositionReport): void {
    const position = { symbol, side, quantity, entryPrice, leverage: leverage ?? this.leverageOf(symbol) };
    this.#venue.ledger.positions.set(symbol, position);
  }
}

const copied = (entry: PaperOrder): PaperOrder => ({ ...entry, order: { ...entry.order } });

const duplicateOf = (order: Order, now: number): Order => ({
  ...order,
  status: 'REJECTED',
  reason: 'DUPLICATE',
  reasonText: `Client order id ${order.clientOrderId} belongs to another order`,
  updateTime: now,
});
