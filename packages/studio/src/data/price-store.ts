import type { Envelope } from '@inspector/contract';
import { symbolKeyOf } from './symbol-key.ts';

/** How often a price on the page can change; the server conflates to the same. */
export const PRICE_NOTICE_MS = 100;

/** Symbols whose newest price is kept; further ones are shown as REST gives them. */
export const PRICES_LIMIT = 5_000;

export interface LivePrice {
  price: number;
  /** The price's own time, ms. */
  ts: number;
}

/** The newest price of each symbol key, as the event channel gave it. */
export interface PriceStore {
  get(symbolKey: string): LivePrice | undefined;
  subscribe(symbolKey: string, listener: () => void): () => void;
  take(envelope: Envelope<'PROVIDER_SYMBOL_PRICES'>): void;
  /** What was live is old after an interruption: REST's prices are shown until the next event. */
  clear(): void;
}

export function createPriceStore(
  later: (run: () => void) => void = (run) => void setTimeout(run, PRICE_NOTICE_MS),
): PriceStore {
  const prices = new Map<string, LivePrice>();
  const listeners = new Map<string, Set<() => void>>();
  const changed = new Set<string>();

  function notice(): void {
    const keys = [...changed];
    changed.clear();
    for (const key of keys) for (const listener of listeners.get(key) ?? []) listener();
  }

  function change(key: string): void {
    if (changed.size === 0) later(notice);
    changed.add(key);
  }

  return {
    get: (key) => prices.get(key),
    subscribe(key, listener) {
      const own = listeners.get(key) ?? new Set();
      listeners.set(key, own.add(listener));
      return () => {
        own.delete(listener);
        if (own.size === 0 && listeners.get(key) === own) listeners.delete(key);
      };
    },
    take({ payload }) {
      const { connectorType, marketType } = payload;
      for (const [symbol, { value, moment, mark }] of Object.entries(payload.prices)) {
        const key = symbolKeyOf({ connectorType, marketType, symbol });
        const known = prices.get(key);
        if (!Number.isFinite(value) || mark !== true || (known !== undefined && known.ts > moment)) continue;
        if (known === undefined && prices.size >= PRICES_LIMIT) continue;
        prices.set(key, { price: value, ts: moment });
        if (known?.price !== value) change(key);
      }
    },
    clear() {
      for (const key of prices.keys()) change(key);
      prices.clear();
    },
  };
}
