/**
 * A venue small enough to be read at a glance: market orders fill at once by walking the last book, limits when the book
 * reaches them, stops and targets when a mark reaches them; what is asked is answered at once. No fees unless told.
 */
import type { Order } from '@inspector/contract';
import type { EngineInput, VenuePosition } from '#input.ts';
import type { Effect } from '#output.ts';

export type Levels = readonly (readonly [price: number, volume: number])[];

interface VenueBook {
  bids: Levels;
  asks: Levels;
}

export interface SmallVenue {
  wallet: number;
  readonly orders: ReadonlyMap<string, Order>;
  position(symbol: string): { signed: number; entryPrice: number };
  /** Puts a position there, as if somebody else had opened it. */
  hold(position: VenuePosition): void;
  book(symbol: string, bids: Levels, asks: Levels, now: number): EngineInput[];
  mark(symbol: string, price: number, now: number): EngineInput[];
  execute(effect: Effect, now: number): EngineInput[];
}

export function createSmallVenue(wallet: number, feePercent: number): SmallVenue {
  const books = new Map<string, VenueBook>();
  const marks = new Map<string, number>();
  const orders = new Map<string, Order>();
  const positions = new Map<string, { signed: number; entryPrice: number }>();
  const venue: SmallVenue = { wallet, orders, position, hold, book, mark, execute };

  function position(symbol: string) {
    return positions.get(symbol) ?? { signed: 0, entryPrice: 0 };
  }

  function hold({ symbol, side, quantity, entryPrice }: VenuePosition): void {
    positions.set(symbol, { signed: side === 'LONG' ? quantity : -quantity, entryPrice });
  }

  function book(symbol: string, bids: Levels, asks: Levels, now: number): EngineInput[] {
    books.set(symbol, { bids, asks });
    const touched = open(symbol).filter(({ type, side, price = 0 }) => {
      if (type !== 'LIMIT') return false;
      return side === 'BUY' ? (asks[0]?.[0] ?? Infinity) <= price : (bids[0]?.[0] ?? 0) >= price;
    });
    return touched.flatMap((order) => fill(order, order.price!, now));
  }

  function mark(symbol: string, price: number, now: number): EngineInput[] {
    marks.set(symbol, price);
    const touched = open(symbol).filter(({ type, side, stopPrice = 0 }) => {
      if (type !== 'STOP_MARKET' && type !== 'TAKE_PROFIT_MARKET') return false;
      const falls = (type === 'STOP_MARKET') === (side === 'SELL');
      return falls ? price <= stopPrice : price >= stopPrice;
    });
    return touched.flatMap((order) => (orders.has(order.clientOrderId) ? fill(order, walk(order), now) : []));
  }

  function open(symbol: string): Order[] {
    return [...orders.values()].filter((order) => order.symbol.name === symbol);
  }

  /** Mean price of the last book for the order; past its depth, or without one, the last level or mark. */
  function walk({ symbol, side, quantity }: Order): number {
    const levels = books.get(symbol.name)?.[side === 'BUY' ? 'asks' : 'bids'] ?? [];
    let left = quantity;
    let paid = 0;
    for (const [price, volume] of levels) {
      const taken = Math.min(left, volume);
      paid += taken * price;
      left -= taken;
    }
    const last = levels.at(-1)?.[0] ?? marks.get(symbol.name) ?? 0;
    return (paid + left * last) / quantity;
  }

  function fill(order: Order, price: number, now: number): EngineInput[] {
    orders.delete(order.clientOrderId);
    const held = position(order.symbol.name);
    const direction = order.side === 'BUY' ? 1 : -1;
    const opposite = held.signed * direction < 0 ? Math.abs(held.signed) : 0;
    const quantity = order.reduceOnly ? Math.min(order.quantity, opposite) : order.quantity;
    if (!(quantity > 0)) return [event(order, { status: 'REJECTED', reason: 'REDUCE_ONLY' }, now)];
    const closing = Math.min(quantity, opposite);
    const fee = (quantity * price * feePercent) / 100;
    venue.wallet += closing * (price - held.entryPrice) * -direction - fee;
    const signed = held.signed + direction * quantity;
    const added = Math.abs(held.signed) + quantity;
    let entryPrice = held.entryPrice;
    if (opposite === 0) entryPrice = (Math.abs(held.signed) * held.entryPrice + quantity * price) / added;
    else if (signed * held.signed < 0) entryPrice = price;
    positions.set(order.symbol.name, { signed: Math.abs(signed) < 1e-12 ? 0 : signed, entryPrice });
    const done = { status: 'FILLED', quantity, quantityExecuted: quantity, priceExecuted: price, fee } as const;
    return [event(order, done, now)];
  }

  function event(order: Order, change: Partial<Order>, now: number): EngineInput {
    const closed = change.status !== 'NEW';
    return { kind: 'order', now, eventId: `venue-${now}`, order: { ...order, ...change, updateTime: now }, closed };
  }

  function place(order: Order, now: number): EngineInput[] {
    if (order.type === 'MARKET') return fill(order, walk(order), now);
    orders.set(order.clientOrderId, { ...order });
    const accepted = event(order, { status: 'NEW' }, now);
    const { bids = [], asks = [] } = books.get(order.symbol.name) ?? {};
    return [accepted, ...(order.type === 'LIMIT' ? book(order.symbol.name, bids, asks, now) : [])];
  }

  function execute(effect: Effect, now: number): EngineInput[] {
    switch (effect.kind) {
      case 'place':
        return place(effect.order, now);
      case 'cancel': {
        const order = orders.get(effect.cancels);
        orders.delete(effect.cancels);
        return order === undefined ? [] : [event(order, { status: 'CANCELED' }, now)];
      }
      case 'query': {
        const { accountKey, queryId, clientOrderId } = effect;
        const answer = { kind: 'venue-state', now, accountKey, queryId, ok: true, time: now } as const;
        const state = {
          ...answer,
          walletBalance: venue.wallet,
          positions: shownPositions(),
          orders: [...orders.values()],
        };
        return [clientOrderId === undefined ? state : { ...state, order: orders.get(clientOrderId) ?? null }];
      }
    }
  }

  function shownPositions(): VenuePosition[] {
    return [...positions].flatMap(([symbol, { signed, entryPrice }]) => {
      const side = signed > 0 ? ('LONG' as const) : ('SHORT' as const);
      return signed === 0 ? [] : [{ symbol, side, quantity: Math.abs(signed), entryPrice }];
    });
  }

  return venue;
}
