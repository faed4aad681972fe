import type { AlertMessage } from '../alert-message.ts';

/** Alerts kept for showing; the audit trail has all of them. */
export const RECENT_LIMIT = 200;

export type DeliveryState =
  /** It is on its way, or its last try failed and another follows: then with a reason. */
  | 'waiting'
  | 'delivered'
  /** Part of a summary, because there were too many. */
  | 'folded'
  /** Part of a summary, because it could not be sent in time. */
  | 'late'
  /** Given up: too many waited, or it was refused. */
  | 'dropped';

export interface Delivery {
  target: string;
  state: DeliveryState;
  tries: number;
  at: number;
  reason?: string;
}

export interface RecentAlert {
  alert: AlertMessage;
  /** It said what one shortly before had said, and was not sent. */
  repeat: boolean;
  deliveries: Map<string, Delivery>;
}

/** The newest alerts and what became of them. */
export interface RecentAlerts {
  add(alert: AlertMessage, repeat?: boolean): void;
  note(alert: AlertMessage, delivery: Delivery): void;
  /** Newest first. */
  newest(limit: number): RecentAlert[];
}

export function createRecentAlerts(): RecentAlerts {
  const kept = new Map<AlertMessage, RecentAlert>();
  return {
    add(alert, repeat = false) {
      kept.set(alert, { alert, repeat, deliveries: new Map() });
      if (kept.size > RECENT_LIMIT) kept.delete(kept.keys().next().value!);
    },
    note(alert, delivery) {
      kept.get(alert)?.deliveries.set(delivery.target, delivery);
    },
    newest: (limit) => [...kept.values()].slice(-limit).reverse(),
  };
}
