/**
 * A venue for the crash test that outlives the process: every order is in a file before it is answered. MARKET orders
 * fill at once at the last price, others rest until they are cancelled. It never takes an id twice, and says so.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Order, VenuePosition } from '@inspector/contract';
import type { CancelEffect, Effect, EngineInput, PlaceEffect, QueryEffect } from '@inspector/engine';

export interface CrashVenue {
  price: number;
  execute(effect: Effect): void;
  account(): EngineInput;
}

interface VenueConfig {
  file: string;
  walletBalance: number;
  /** Delivers an answer or an event, after a moment. */
  deliver: (input: EngineInput) => void;
  /** Told of an order that comes a second time. */
  onTwice: (clientOrderId: string) => void;
}

export function openCrashVenue({ file, walletBalance, deliver, onTwice }: VenueConfig): CrashVenue {
  const orders = new Map<string, Order>();
  let events = 0;
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  for (const line of lines.filter((each) => each.endsWith('}'))) {
    const order = JSON.parse(line) as Order;
    orders.set(order.clientOrderId, order);
  }

  function write(order: Order): void {
    orders.set(order.clientOrderId, order);
    appendFileSync(file, `${JSON.stringify(order)}\n`);
  }

  function positions(): VenuePosition[] {
    let quantity = 0;
    for (const order of orders.values())
      quantity += order.side === 'BUY' ? order.quantityExecuted : -order.quantityExecuted;
    if (Math.abs(quantity) < 1e-9) return [];
    const side = quantity > 0 ? 'LONG' : 'SHORT';
    return [{ symbol: 'BTCUSDT', side, quantity: Number(Math.abs(quantity).toFixed(6)), entryPrice: venue.price }];
  }

  function tell(order: Order): void {
    const closed = order.status === 'FILLED' || order.status === 'CANCELED';
    deliver({ kind: 'order', now: 0, eventId: `venue-${Date.now()}-${++events}`, order, closed });
  }

  function place({ accountKey, order }: PlaceEffect): void {
    if (orders.has(order.clientOrderId)) onTwice(order.clientOrderId);
    const held = positions()[0];
    const reducible = held && (held.side === 'LONG') === (order.side === 'SELL') ? held.quantity : 0;
    const quantity = order.reduceOnly ? Math.min(order.quantity, reducible) : order.quantity;
    const isMarket = order.type === 'MARKET';
    const done: Order = {
      ...order,
      id: order.clientOrderId,
      externalId: `v-${order.clientOrderId}`,
      status: !isMarket ? 'NEW' : quantity > 0 ? 'FILLED' : 'REJECTED',
      quantityExecuted: isMarket ? quantity : 0,
      priceExecuted: isMarket ? venue.price : 0,
      time: Date.now(),
      updateTime: Date.now(),
    };
    write(done);
    const about = {
      kind: 'order-answer',
      now: 0,
      accountKey,
      clientOrderId: order.clientOrderId,
      call: 'place',
    } as const;
    if (done.status === 'REJECTED') {
      deliver({ ...about, outcome: 'rejected', reason: 'REDUCE_ONLY', order: done });
      return;
    }
    deliver({ ...about, outcome: 'accepted', order: done });
    tell(done);
  }

  function cancel({ accountKey, cancels }: CancelEffect): void {
    const about = { kind: 'order-answer', now: 0, accountKey, clientOrderId: cancels, call: 'cancel' } as const;
    const order = orders.get(cancels);
    if (order?.status !== 'NEW') {
      deliver({ ...about, outcome: 'rejected', reason: 'NOT_FOUND', ...(order ? { order } : {}) });
      return;
    }
    const cancelled: Order = { ...order, status: 'CANCELED', updateTime: Date.now() };
    write(cancelled);
    deliver({ ...about, outcome: 'accepted', order: cancelled });
    tell(cancelled);
  }

  function query({ accountKey, queryId, clientOrderId }: QueryEffect): void {
    deliver({
      kind: 'venue-state',
      now: 0,
      accountKey,
      queryId,
      ok: true,
      time: Date.now(),
      walletBalance,
      positions: positions(),
      orders: [...orders.values()].filter((order) => order.status === 'NEW'),
      ...(clientOrderId === undefined ? {} : { order: orders.get(clientOrderId) ?? null }),
    });
  }

  const venue: CrashVenue = {
    price: 60_000,
    execute(effect) {
      if (effect.kind === 'place') place(effect);
      else if (effect.kind === 'cancel') cancel(effect);
      else query(effect);
    },
    account: () => ({
      kind: 'account',
      now: 0,
      eventId: `account-${Date.now()}`,
      connectorType: 'paper',
      marketType: 'futures',
      eventType: 'snapshot',
      eventTime: Date.now(),
      options: { walletBalance, positions: positions() },
    }),
  };
  return venue;
}
