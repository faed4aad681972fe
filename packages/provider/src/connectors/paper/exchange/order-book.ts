import { isFinalStatus } from '@inspector/contract';
import type { PaperOrder } from './paper-order.ts';

/** A client order id answers the same order for this long after it ended (contract 5). */
export const CLIENT_ID_KEPT_MS = 24 * 60 * 60 * 1000;
/** Ended orders kept; past it the oldest is forgotten early and its id could be used again. */
export const ENDED_ORDERS_LIMIT = 100_000;
/** Orders that wait in the market; past it a new one is rejected with RATE_LIMIT. */
export const OPEN_ORDERS_LIMIT = 10_000;

const NONE: readonly PaperOrder[] = [];

/** Every order of the account by client id: the open ones by symbol as well, the ended ones for 24 h. */
export class OrderBook {
  readonly #open = new Map<string, PaperOrder>();
  readonly #bySymbol = new Map<string, PaperOrder[]>();
  readonly #ended = new Map<string, PaperOrder>();

  find(clientOrderId: string): PaperOrder | undefined {
    return this.#open.get(clientOrderId) ?? this.#ended.get(clientOrderId);
  }

  /** Open orders in the order of placing. */
  open(): Iterable<PaperOrder> {
    return this.#open.values();
  }

  openOf(symbol: string): readonly PaperOrder[] {
    return this.#bySymbol.get(symbol) ?? NONE;
  }

  ended(): Iterable<PaperOrder> {
    return this.#ended.values();
  }

  get isFull(): boolean {
    return this.#open.size >= OPEN_ORDERS_LIMIT;
  }

  add(entry: PaperOrder): void {
    const { clientOrderId, symbol, status } = entry.order;
    if (isFinalStatus(status)) {
      this.#ended.set(clientOrderId, entry);
      return;
    }
    this.#open.set(clientOrderId, entry);
    // Arrays are replaced, never changed: an event may be walking the old one.
    this.#bySymbol.set(symbol.name, [...this.openOf(symbol.name), entry]);
  }

  /** Moves an order that reached a final status among the ended ones, and forgets those that are too old or too many. */
  end(entry: PaperOrder, now: number): void {
    const { clientOrderId, symbol } = entry.order;
    if (this.#open.delete(clientOrderId)) {
      const rest = this.openOf(symbol.name).filter((other) => other !== entry);
      if (rest.length > 0) this.#bySymbol.set(symbol.name, rest);
      else this.#bySymbol.delete(symbol.name);
    }
    this.#ended.set(clientOrderId, entry);
    for (const [oldest, { order }] of this.#ended) {
      if (this.#ended.size <= ENDED_ORDERS_LIMIT && order.updateTime > now - CLIENT_ID_KEPT_MS) break;
      this.#ended.delete(oldest);
    }
  }
}
