import { isFinalStatus, type Order } from '@inspector/contract';
import { isReducing, type Rejection, refusalOf } from './admission.ts';
import { marginRefusal, takeMarketable, takeNow } from './filling.ts';
import { closableBy } from './netting.ts';
import { bodyOf, type PaperOrder } from './paper-order.ts';
import { endOrder, type PaperVenue, rejectOrder, reportOrder } from './venue.ts';

/** Takes a new order in and answers it as the venue then holds it, with what became of it at once. */
export function introduce(venue: PaperVenue, order: Order, now: number): PaperOrder {
  const entry = accepted(venue, order, now);
  const rejection = rejectionByFault(venue, entry.order) ?? tooMany(venue);
  if (rejection) {
    rejectOrder(venue, entry, rejection, now);
    return entry;
  }
  const delay = venue.faults.strike('delay', order);
  if (delay) {
    entry.condition = 'delayed';
    entry.dueAt = now + delay.ms;
    venue.delayed.push(entry);
  } else if (venue.faults.strike('never-works', order)) entry.condition = 'lost';
  venue.orders.add(entry);
  if (entry.condition === 'working') work(venue, entry, now);
  return entry;
}

/** Brings to the market what a fault held back and is due by now, each at its own time. */
export function workDelayed(venue: PaperVenue, now: number): void {
  if (venue.delayed.length === 0) return;
  const due = venue.delayed.filter((entry) => entry.dueAt <= now).sort((a, b) => a.dueAt - b.dueAt);
  venue.delayed = venue.delayed.filter((entry) => entry.dueAt > now);
  for (const entry of due) {
    if (isFinalStatus(entry.order.status)) continue;
    entry.condition = 'working';
    work(venue, entry, entry.dueAt);
  }
}

/** Cancels an order that is still open, unless a fault keeps the venue from it. */
export function cancelEntry(venue: PaperVenue, entry: PaperOrder, now: number): void {
  if (isFinalStatus(entry.order.status) || venue.faults.strike('refuse-cancel', entry.order)) return;
  endOrder(venue, entry, { status: 'CANCELED' }, now);
}

function accepted(venue: PaperVenue, order: Order, now: number): PaperOrder {
  venue.orderCount += 1;
  const externalId = `${venue.settings.connectorType}-${venue.orderCount}`;
  const progress = {
    quantityExecuted: 0,
    priceExecuted: 0,
    fee: 0,
    status: 'NEW' as const,
    time: now,
    updateTime: now,
  };
  return {
    order: { ...order, id: order.id || externalId, externalId, ...progress },
    body: bodyOf(order),
    condition: 'working',
    dueAt: 0,
  };
}

function rejectionByFault(venue: PaperVenue, order: Order): Rejection | undefined {
  const fault = venue.faults.strike('reject', order);
  return fault && { reason: fault.reason, reasonText: fault.reasonText ?? 'Refused by the venue' };
}

const tooMany = (venue: PaperVenue): Rejection | undefined =>
  venue.orders.isFull ? { reason: 'RATE_LIMIT', reasonText: 'Too many open orders' } : undefined;

function work(venue: PaperVenue, entry: PaperOrder, now: number): void {
  const { order } = entry;
  const market = venue.markets.get(order.symbol.name);
  const position = venue.ledger.positions.get(order.symbol.name);
  const refusal = refusalOf(order, {
    spot: venue.settings.marketType === 'spot',
    market,
    position,
    symbol: venue.symbols.get(order.symbol.name),
    symbolsListed: venue.symbols.size > 0,
  });
  const rejection = refusal ?? marginRefusal(venue, order);
  if (rejection) {
    rejectOrder(venue, entry, rejection, now);
    return;
  }
  const cut = closableBy(position, order.side);
  if (isReducing(order)) order.quantity = order.closePosition === true ? cut : Math.min(order.quantity, cut);
  if (venue.faults.strike('never-fires', order)) entry.condition = 'inert';
  else if (order.type === 'MARKET') {
    takeNow(venue, entry, now);
    return;
  } else if (order.type === 'LIMIT' && market) takeMarketable(venue, entry, market, now);
  if (order.status === 'NEW') reportOrder(venue, 'PROVIDER_ORDER_CREATE', order, now);
}
