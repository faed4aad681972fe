/**
 * What one step wants done, as data. The arrays are reused: they are valid until the next step.
 * Records carry `seq`; an effect, event, alert or reply may leave only when the records of its step are durable.
 */
import type { AuditRecord, EventType, Order } from '@inspector/contract';

/** Send an order to the venue through the Provider. `order.clientOrderId` makes it idempotent. */
export interface PlaceEffect {
  kind: 'place';
  accountKey: string;
  order: Order;
  /** Of an entry on margin: the mode that the symbol is to be in before it goes out. */
  marginMode?: 'cross' | 'isolated';
}

/** Cancel by client order id; `externalId` when the venue's own id is known. */
export interface CancelEffect {
  kind: 'cancel';
  accountKey: string;
  symbol: string;
  /** Of the cancel itself, for the audit. */
  clientOrderId: string;
  cancels: string;
  id?: string;
  externalId?: string;
}

/**
 * Ask the venue. Without `clientOrderId`: balances, positions and all open orders, answered by a `venue-state` input
 * with the same `queryId`. With it: that order by client id first (`order` of the answer), then all of the above.
 */
export interface QueryEffect {
  kind: 'query';
  accountKey: string;
  queryId: number;
  reason: 'reconcile' | 'kill-switch' | 'order-unknown' | 'balance' | 'stream-gap' | 'protection' | 'close-all';
  symbol?: string;
  clientOrderId?: string;
}

export type Effect = PlaceEffect | CancelEffect | QueryEffect;

/** An `INSPECTOR_*` event for the bus; the edge adds the envelope. */
export interface PublishedEvent {
  type: EventType;
  /** Sequence of the audit record that it belongs to; `/ws` resumes by it. */
  seq: number;
  correlationId: string;
  payload: Record<string, unknown>;
}

/** For a person, by the notifiers. Edge-triggered by the engine; also recorded as ALERT_SENT. */
export interface Alert {
  seq: number;
  code: string;
  severity: 'info' | 'warn' | 'critical';
  message: string;
  reminder: boolean;
  data: Record<string, unknown>;
}

/** The answer to an input that carried `replyTo`. `status` is the HTTP status that REST answers with. */
export type Reply =
  | { replyTo: number; ok: true; status: number; result: unknown }
  | { replyTo: number; ok: false; status: number; code: string; message: string };

export interface Output {
  records: AuditRecord[];
  effects: Effect[];
  events: PublishedEvent[];
  alerts: Alert[];
  replies: Reply[];
}
