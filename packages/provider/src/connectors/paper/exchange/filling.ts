import type { Order } from '@inspector/contract';
import { isConditional, isReducing, type Rejection } from './admission.ts';
import { addQuantity, subtractQuantity } from './amounts.ts';
import { execute } from './execution.ts';
import { bookFill } from './ledger.ts';
import { lackOfMargin } from './margin.ts';
import { closableBy } from './netting.ts';
import { type PaperOrder, remainingOf } from './paper-order.ts';
import type { SymbolMarket } from './symbol-market.ts';
import {
  type Ending,
  endOrder,
  leverageOf,
  type PaperVenue,
  rejectOrder,
  reportOrder,
  reportPosition,
  standing,
  takingPrice,
} from './venue.ts';
import { walkBook } from './walk-book.ts';

/** Fills an order as MARKET: one just placed, one just triggered, or the rest that a fault left over. */
export function takeNow(venue: PaperVenue, entry: PaperOrder, now: number): void {
  const { order } = entry;
  const remaining = fillable(venue, entry, now);
  if (remaining === 0) return;
  const rejection = isConditional(order) ? marginRefusal(venue, order) : undefined;
  const quantity = rejection ? 0 : portionOf(venue, entry, remaining);
  const price = takingPrice(venue, order, quantity);
  if (rejection) rejectOrder(venue, entry, rejection, now);
  else if (price === undefined)
    rejectOrder(
      venue,
      entry,
      { reason: 'UNKNOWN', reasonText: `No price was ever seen for ${order.symbol.name}` },
      now,
    );
  else if (quantity > 0) fill(venue, entry, { quantity, price, liquidity: 'taker' }, now);
  else reportOrder(venue, 'PROVIDER_ORDER_CREATE', order, now);
}

/** Takes what the book offers within a limit order's price at placing; the rest of it rests. */
export function takeMarketable(venue: PaperVenue, entry: PaperOrder, market: SymbolMarket, now: number): void {
  const { order } = entry;
  const opposite = order.side === 'BUY' ? market.asks : market.bids;
  const limit = { side: order.side, price: order.price! };
  const quantity = portionOf(venue, entry, walkBook(opposite, remainingOf(order), limit).quantity);
  if (quantity === 0) return;
  fill(venue, entry, { quantity, price: walkBook(opposite, quantity, limit).price, liquidity: 'taker' }, now);
}

/** Fills a resting limit order: it was there first, so all of it at its own price, as the maker. */
export function fillResting(venue: PaperVenue, entry: PaperOrder, now: number): void {
  const quantity = portionOf(venue, entry, fillable(venue, entry, now));
  if (quantity > 0) fill(venue, entry, { quantity, price: entry.order.price!, liquidity: 'maker' }, now);
}

/** Why margin does not suffice for the opening part of an order; undefined when it does. */
export const marginRefusal = (venue: PaperVenue, order: Order): Rejection | undefined =>
  lackOfMargin(order, {
    availableBalance: standing(venue).availableBalance,
    positionOf: (symbol) => venue.ledger.positions.get(symbol),
    leverageOf: (symbol) => leverageOf(venue, symbol),
    priceOf: (other) => other.price ?? other.stopPrice ?? takingPrice(venue, other, remainingOf(other)) ?? 0,
    open: venue.orders.open(),
  });

/** The rest of an order, cut to the position when it may only reduce. An order with nothing to reduce ends here (0). */
function fillable(venue: PaperVenue, entry: PaperOrder, now: number): number {
  const { order } = entry;
  const remaining = subtractQuantity(order.quantity, order.quantityExecuted);
  if (!isReducing(order)) return remaining;
  const closable = closableBy(venue.ledger.positions.get(order.symbol.name), order.side);
  if (closable === 0) endOrder(venue, entry, nothingToReduce(order), now);
  else if (order.closePosition === true || closable < remaining)
    order.quantity = addQuantity(order.quantityExecuted, closable);
  return order.closePosition === true ? closable : Math.min(remaining, closable);
}

/** A reduce-only order that meets no position is rejected, or, when it has filled in part, expires. */
const nothingToReduce = (order: Order): Ending => ({
  status: order.quantityExecuted > 0 ? 'EXPIRED' : 'REJECTED',
  reason: 'REDUCE_ONLY',
  reasonText: 'There is no position left that it would reduce',
});

/** What the first fill takes: all of it unless a fault says less. The rest of a market order waits for the next event. */
function portionOf(venue: PaperVenue, entry: PaperOrder, quantity: number): number {
  const { order } = entry;
  if (quantity === 0 || order.quantityExecuted > 0 || entry.condition === 'taking') return quantity;
  const fault = venue.faults.strike('partial', order);
  if (!fault) return quantity;
  if (order.type !== 'LIMIT') entry.condition = 'taking';
  const step = venue.symbols.get(order.symbol.name)?.stepSize;
  const part = step ? Math.floor((quantity * fault.fraction) / step + 1e-9) * step : quantity * fault.fraction;
  // Through the remainder, so that a part too small to count is none.
  return subtractQuantity(quantity, subtractQuantity(quantity, part));
}

interface Fill {
  quantity: number;
  price: number;
  liquidity: 'maker' | 'taker';
}

function fill(venue: PaperVenue, entry: PaperOrder, { quantity, price, liquidity }: Fill, now: number): void {
  const { order } = entry;
  const symbol = order.symbol.name;
  const { makerFeePercent, takerFeePercent } = venue.settings;
  const fee = (price * quantity * (liquidity === 'maker' ? makerFeePercent : takerFeePercent)) / 100;
  const isWhole = execute(order, { quantity, price, fee }, now);
  if (order.leverage !== undefined && !isReducing(order)) venue.ledger.leverages.set(symbol, order.leverage);
  const leverage = leverageOf(venue, symbol);
  const position = bookFill(venue.ledger, symbol, { side: order.side, quantity, price, leverage, fee });
  reportOrder(venue, 'PROVIDER_ORDER_CREATE', order, now);
  if (isWhole) endOrder(venue, entry, { status: 'FILLED' }, now);
  reportPosition(venue, position, now);
}
