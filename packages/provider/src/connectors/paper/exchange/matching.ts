import type { Order } from '@inspector/contract';
import { isConditional, isTriggeredAt } from './admission.ts';
import { reachesDown, reachesUp } from './amounts.ts';
import { fillResting, takeNow } from './filling.ts';
import type { MarketEvent } from './market-event.ts';
import { acceptBook, acceptLast, acceptMark, acceptTrade, type SymbolMarket } from './symbol-market.ts';
import { marketOf, type PaperVenue, priceStaleMsOf } from './venue.ts';

/** Applies a market event to its symbol and fills what it reaches. A refused event (an outlier) changes nothing. */
export function matchEvent(venue: PaperVenue, event: MarketEvent, now: number): void {
  const market = marketOf(venue, event.symbol);
  if (!isAccepted(event, market, priceStaleMsOf(venue))) return;
  const open = venue.orders.openOf(event.symbol);
  if (open.length === 0) return;
  for (const entry of open) if (entry.condition === 'taking') takeNow(venue, entry, now);
  if (event.kind === 'book') fillReached(venue, event.symbol, now);
  else if (event.kind !== 'last') trigger(venue, { symbol: event.symbol, by: event.kind, price: event.price }, now);
}

function isAccepted(event: MarketEvent, market: SymbolMarket, priceStaleMs: number): boolean {
  switch (event.kind) {
    case 'book':
      return acceptBook(market, event.bids, event.asks, event.time);
    case 'trade':
      return acceptTrade(market, event, priceStaleMs);
    case 'mark':
      return acceptMark(market, event.price, event.time);
    case 'last':
      return acceptLast(market, event.price, event.time);
  }
}

function fillReached(venue: PaperVenue, symbol: string, now: number): void {
  const market = marketOf(venue, symbol);
  for (const entry of venue.orders.openOf(symbol)) {
    if (entry.order.type !== 'LIMIT' || entry.condition !== 'working') continue;
    if (isReached(entry.order, market)) fillResting(venue, entry, now);
  }
}

const isReached = (order: Order, market: SymbolMarket): boolean =>
  order.side === 'BUY'
    ? reachesDown(market.asks[0]!.price, order.price!)
    : reachesUp(market.bids[0]!.price, order.price!);

interface TriggerPrice {
  symbol: string;
  by: 'mark' | 'trade';
  price: number;
}

function trigger(venue: PaperVenue, { symbol, by, price }: TriggerPrice, now: number): void {
  const triggered = venue.orders.openOf(symbol).filter(({ order, condition }) => {
    if (condition !== 'working' || !isConditional(order)) return false;
    return (order.triggerBy ?? 'mark') === by && isTriggeredAt(order, price);
  });
  // One event may cross both: the stop goes first and leaves nothing for the target.
  triggered.sort((a, b) => Number(a.order.type !== 'STOP_MARKET') - Number(b.order.type !== 'STOP_MARKET'));
  for (const entry of triggered) takeNow(venue, entry, now);
}
