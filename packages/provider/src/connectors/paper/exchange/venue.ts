import type { Envelope, Order } from '@inspector/contract';
import type { AccountStream } from './account-stream.ts';
import type { PaperSymbol, Rejection } from './admission.ts';
import type { FaultSchedule } from './faults.ts';
import { type Ledger, type Standing, standingOf } from './ledger.ts';
import type { PaperPosition } from './netting.ts';
import type { OrderBook } from './order-book.ts';
import type { PaperOrder } from './paper-order.ts';
import type { PaperSettings } from './settings.ts';
import { emptyMarket, type SymbolMarket } from './symbol-market.ts';
import { walkBook } from './walk-book.ts';

const PRICE_STALE_MS = 5000;
const DEFAULT_LEVERAGE = 1;

/** The whole state of one paper venue. */
export interface PaperVenue {
  readonly settings: PaperSettings;
  readonly stream: AccountStream;
  readonly ledger: Ledger;
  readonly orders: OrderBook;
  readonly markets: Map<string, SymbolMarket>;
  /** Empty until the venue listed its symbols; then only these are traded. */
  readonly symbols: Map<string, PaperSymbol>;
  faults: FaultSchedule;
  /** Orders that a fault holds back. */
  delayed: PaperOrder[];
  orderCount: number;
}

export const priceStaleMsOf = (venue: PaperVenue): number => venue.settings.priceStaleMs ?? PRICE_STALE_MS;

export const leverageOf = (venue: PaperVenue, symbol: string): number =>
  venue.ledger.leverages.get(symbol) ?? venue.settings.defaultLeverage ?? DEFAULT_LEVERAGE;

export function marketOf(venue: PaperVenue, symbol: string): SymbolMarket {
  let market = venue.markets.get(symbol);
  if (!market) {
    market = emptyMarket();
    venue.markets.set(symbol, market);
  }
  return market;
}

export const standing = (venue: PaperVenue): Standing =>
  standingOf(venue.ledger, {
    marketOf: (symbol) => venue.markets.get(symbol),
    maintenanceMarginPercentOf: (symbol) => venue.symbols.get(symbol)?.maintenanceMarginPercent,
    priceStaleMs: priceStaleMsOf(venue),
  });

/** Mean price of taking a quantity from the book, or the last accepted price where there is none. */
export function takingPrice(venue: PaperVenue, order: Order, quantity: number): number | undefined {
  const market = venue.markets.get(order.symbol.name);
  if (!market) return undefined;
  const opposite = order.side === 'BUY' ? market.asks : market.bids;
  if (opposite.length > 0) return walkBook(opposite, quantity).price;
  return market.last > 0 ? market.last : undefined;
}

/** How an order ends. */
export type Ending = Pick<Order, 'status'> & Partial<Rejection>;

export function endOrder(venue: PaperVenue, entry: PaperOrder, ending: Ending, now: number): void {
  Object.assign(entry.order, ending, { updateTime: now });
  venue.orders.end(entry, now);
  reportOrder(venue, 'PROVIDER_ORDER_CLOSE', entry.order, now);
}

export const rejectOrder = (venue: PaperVenue, entry: PaperOrder, rejection: Rejection, now: number): void =>
  endOrder(venue, entry, { status: 'REJECTED', ...rejection }, now);

export function reportOrder(
  venue: PaperVenue,
  type: 'PROVIDER_ORDER_CREATE' | 'PROVIDER_ORDER_CLOSE',
  order: Order,
  now: number,
): void {
  venue.stream.emit({ type, payload: { ...order } }, { now, faults: venue.faults });
}

export const reportPosition = (venue: PaperVenue, position: PaperPosition, now: number): void =>
  reportAccount(venue, { eventType: 'position', positions: [position] }, now);

export function reportAccount(
  venue: PaperVenue,
  report: { eventType: 'position' | 'snapshot'; positions: readonly PaperPosition[]; orders?: Order[] },
  now: number,
): void {
  const { connectorType, marketType, accountId } = venue.settings;
  const positions = report.positions.map((position) => ({ ...position }));
  const payload: Envelope<'PROVIDER_ACCOUNT_EVENT'>['payload'] = {
    connectorType,
    marketType,
    ...(accountId === undefined ? {} : { accountId }),
    eventType: report.eventType,
    eventTime: now,
    options: { ...standing(venue), positions, ...(report.orders === undefined ? {} : { orders: report.orders }) },
  };
  venue.stream.emit({ type: 'PROVIDER_ACCOUNT_EVENT', payload }, { now, faults: venue.faults });
}
