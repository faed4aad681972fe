/**
 * A venue that takes stops and targets and never says that they work, so that the software stop is what acts; a market
 * close fills a moment later. It notes when each close was called for.
 */
import { randomUUID } from 'node:crypto';
import type { Order, OrderEventPayload } from '@inspector/contract';
import type { Bus, ProviderClient } from '@inspector/inspector';
import { connectorType, ENTRY_PRICE, marketType, symbolName } from '../held-engine.ts';

/** From the call to the fill's event, and from the fill to the next position of the symbol. */
const FILL_AFTER_MS = 2;
const REOPEN_AFTER_MS = 100;
export const WALLET = 10_000_000;

export interface DeafVenue {
  client: ProviderClient;
  /** The owner's bot buys one of the symbol. */
  open(symbol: number): void;
  /** Ends the fills that are still to come. */
  stop(): void;
}

/** `onClose` hears at once, with the symbol, of the call that closes its position. */
export function createDeafVenue(bus: Pick<Bus, 'publish'>, onClose: (symbol: string, at: number) => void): DeafVenue {
  const held = new Set<string>();
  const timers = new Set<NodeJS.Timeout>();
  let opened = 0;

  const later = (ms: number, act: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms);
    timers.add(timer);
  };

  function tell(payload: OrderEventPayload): void {
    const now = Date.now();
    const head = { eventId: randomUUID(), source: 'PROVIDER', timestamp: now } as const;
    const order = { ...payload, time: now, updateTime: now };
    void bus.publish('PROVIDER', { ...head, type: 'PROVIDER_ORDER_CREATE', payload: order });
  }

  function openNamed(name: string): void {
    held.add(name);
    const terms = { symbol: { name }, side: 'BUY', type: 'MARKET', quantity: 1 } as const;
    const filled = { quantityExecuted: 1, priceExecuted: ENTRY_PRICE, status: 'FILLED' } as const;
    tell({ connectorType, marketType, clientOrderId: `bot-${opened++}`, ...terms, ...filled });
  }

  function close(order: Order): void {
    const { name } = order.symbol;
    onClose(name, performance.now());
    later(FILL_AFTER_MS, () => {
      held.delete(name);
      tell({ ...order, quantityExecuted: order.quantity, priceExecuted: ENTRY_PRICE, status: 'FILLED' });
      later(REOPEN_AFTER_MS, () => openNamed(name));
    });
  }

  return {
    client: {
      async place(order) {
        if (order.type === 'MARKET' && order.reduceOnly === true) close(order);
        return { outcome: 'accepted', order: { ...order, status: 'NEW' } };
      },
      cancel: async () => ({ outcome: 'accepted' }),
      setLeverage: async () => ({ outcome: 'accepted' }),
      query: async () => ({
        ok: true,
        time: Date.now(),
        walletBalance: WALLET,
        availableBalance: WALLET,
        positions: [...held].map((symbol) => ({ symbol, side: 'LONG', quantity: 1, entryPrice: ENTRY_PRICE })),
        orders: [],
      }),
      accounts: async () => [{ connectorType, marketType }],
    },
    open: (symbol) => openNamed(symbolName(symbol)),
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
