import { isFinalStatus, type Order } from '@inspector/contract';
import type { OrderWords } from './profiles/profile.ts';

/** Orders that are remembered after they ended, so that a late or repeated message says nothing new; the oldest go first. */
const ENDED_LIMIT = 10_000;
/** Trades of one order that are told apart, so that a repeated message pays no fee twice. */
const TRADES_LIMIT = 5_000;

/** What is known of the account's orders, from whatever source came first: placing, stream or REST. */
export interface OrderLedger {
  /** An order is about to be sent: who sent it, and what it is called. */
  sent(order: Order, at?: number): void;
  /** The venue does not know the order: one that nobody ever heard of, and that was sent before that time, never came. */
  missing(clientOrderId: string, sentBefore: number): void;
  /** What the venue says of an order. The order as it now is, or undefined when that is nothing new. */
  told(words: OrderWords, fee?: { tradeId: string; feeUsd: number }): Order | undefined;
  /** The whole fee of an order, as its trades add up to. */
  fee(clientOrderId: string, feeUsd: number): void;
  find(name: { clientOrderId?: string; id?: string; externalId?: string }): Order | undefined;
  /** The client id of an order at the venue, when it is another's consequence: a triggered stop. */
  nameOf(words: Pick<OrderWords, 'externalId' | 'clientOrderId'>): string;
  /** Orders that had not ended when they were last heard of. */
  open(): Order[];
  all(): Iterable<Order>;
}

interface Entry {
  order: Order;
  /** When it was sent from here; NaN for one that was not. */
  sentAt: number;
  /** False while the venue has not said that it has it. */
  isTold: boolean;
  trades: Set<string>;
  /** The venue's ids of it, and of what it became. */
  externalIds: Set<string>;
}

export function createOrderLedger(place: Pick<Order, 'connectorType' | 'marketType' | 'accountId'>): OrderLedger {
  /** By client id; ended ones in the order in which they ended. */
  const entries = new Map<string, Entry>();
  const byExternalId = new Map<string, string>();
  let ended = 0;

  function nameOf({ externalId, clientOrderId }: Pick<OrderWords, 'externalId' | 'clientOrderId'>): string {
    const known = byExternalId.get(externalId);
    if (known !== undefined) return known;
    return clientOrderId === '' ? externalId : clientOrderId;
  }

  function entryOf(name: string, words: OrderWords): Entry {
    const known = entries.get(name);
    if (known !== undefined) return known;
    const { becomes: _becomes, ...terms } = words;
    const order: Order = {
      ...place,
      ...terms,
      clientOrderId: name,
      id: name,
      quantityExecuted: 0,
      priceExecuted: 0,
      status: 'NEW',
      source: { type: 'provider', key: place.connectorType },
    };
    const entry = newEntry(order);
    entries.set(name, entry);
    return entry;
  }

  function forgetOldest(): void {
    if (ended <= ENDED_LIMIT) return;
    for (const [name, { order, externalIds }] of entries) {
      if (!isFinalStatus(order.status)) continue;
      entries.delete(name);
      for (const id of externalIds) byExternalId.delete(id);
      ended -= 1;
      if (ended <= ENDED_LIMIT) return;
    }
  }

  return {
    nameOf,
    sent(order, at) {
      entries.set(order.clientOrderId, newEntry({ ...order }, at));
    },
    missing(clientOrderId, sentBefore) {
      const entry = entries.get(clientOrderId);
      if (entry !== undefined && !entry.isTold && entry.sentAt <= sentBefore) entries.delete(clientOrderId);
    },
    told(words, trade) {
      const name = nameOf(words);
      const entry = entryOf(name, words);
      const { order } = entry;
      const isConsequence = byExternalId.get(words.externalId) === name && order.externalId !== words.externalId;
      for (const id of [words.externalId, words.becomes ?? '']) {
        if (id === '') continue;
        byExternalId.set(id, name);
        entry.externalIds.add(id);
      }
      if (trade !== undefined && !entry.trades.has(trade.tradeId)) {
        order.fee = (order.fee ?? 0) + trade.feeUsd;
        if (entry.trades.size < TRADES_LIMIT) entry.trades.add(trade.tradeId);
      }
      if (words.fee !== undefined) order.fee = words.fee;
      // A triggered stop is one order to us: its matching order being new is no news, its end and its fills are.
      const status = statusAfter(entry, words, isConsequence);
      const grew = words.quantityExecuted > order.quantityExecuted;
      if (entry.isTold && status === order.status && !grew) return undefined;
      entry.isTold = true;
      const hadEnded = isFinalStatus(order.status);
      if (grew) {
        order.quantityExecuted = words.quantityExecuted;
        order.priceExecuted = words.priceExecuted;
      }
      if (order.externalId === '') order.externalId = words.externalId;
      order.status = status;
      order.updateTime = Math.max(words.updateTime, order.updateTime);
      if (words.reason !== undefined) order.reason = words.reason;
      if (words.reasonText !== undefined) order.reasonText = words.reasonText;
      if (!hadEnded && isFinalStatus(status)) {
        ended += 1;
        entries.delete(name);
        entries.set(name, entry);
        forgetOldest();
      }
      return { ...order };
    },
    fee(clientOrderId, feeUsd) {
      const entry = entries.get(clientOrderId);
      if (entry !== undefined) entry.order.fee = feeUsd;
    },
    find({ clientOrderId, id, externalId }) {
      const name = clientOrderId ?? id ?? (externalId === undefined ? undefined : byExternalId.get(externalId));
      const entry = name === undefined ? undefined : entries.get(name);
      return entry && { ...entry.order };
    },
    all: () => Array.from(entries.values(), ({ order }) => order),
    open: () => [...entries.values()].flatMap(({ order }) => (isFinalStatus(order.status) ? [] : [{ ...order }])),
  };
}

const newEntry = (order: Order, sentAt = Number.NaN): Entry => ({
  order,
  sentAt,
  isTold: false,
  trades: new Set(),
  externalIds: new Set(),
});

/** What an order's state is after another word of it: it never comes back to life, and never gives back what it filled. */
function statusAfter({ order }: Entry, words: OrderWords, isConsequence: boolean): Order['status'] {
  const { status } = words;
  if (isFinalStatus(order.status)) return order.status;
  if (status === 'UNKNOWN') return order.status;
  if (words.quantityExecuted < order.quantityExecuted) return order.status;
  if (status === 'NEW' && order.quantityExecuted > 0) return order.status;
  if (isConsequence && status === 'NEW') return order.status === 'UNKNOWN' ? 'NEW' : order.status;
  return status;
}
