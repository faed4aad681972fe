/**
 * The port to the Provider: the only way by which an order leaves. Implementations: `createHttpProviderClient`, and the
 * Provider's own `createDirectClient` where both run in one process.
 *
 * Answers are values; a call that rejects, or is not answered in time, left its outcome unknown.
 */
import type { Order, VenuePosition } from '@inspector/contract';

export type PlaceAnswer =
  /** The venue has it. It is working only when an order event or the open orders say so. */
  | { outcome: 'accepted'; order: Order }
  | { outcome: 'rejected'; reason: string; reasonText: string; order?: Order }
  /** It may be at the venue: to be asked for, never to be sent again. */
  | { outcome: 'unknown'; reasonText: string }
  /** It surely did not reach the venue: the same order may be sent again. */
  | { outcome: 'not-sent'; reasonText: string; retryAfterMs?: number };

export type CancelAnswer =
  /** With the order as it then is: it may have filled before the cancel came. */
  | { outcome: 'accepted'; order?: Order }
  /** `NOT_FOUND` when the venue does not know the order. */
  | { outcome: 'rejected'; reason: string; reasonText: string }
  | { outcome: 'unknown'; reasonText: string }
  | { outcome: 'not-sent'; reasonText: string; retryAfterMs?: number };

export type LeverageAnswer =
  | { outcome: 'accepted' }
  | { outcome: 'rejected'; reasonText: string }
  | { outcome: 'not-sent'; reasonText: string; retryAfterMs?: number };

export interface AccountPlace {
  connectorType: string;
  marketType: string;
  accountId?: string;
}

/** An account that the Provider has a connector for. */
export interface ListedAccount extends AccountPlace {
  /** What its venue can and cannot do; empty or unset while that is not known. */
  capabilities?: readonly VenueCapability[];
}

export interface VenueCapability {
  name: string;
  can: boolean;
  note?: string;
}

export interface CancelTarget extends AccountPlace {
  symbol: string;
  /** Client id of the order to be cancelled. */
  clientOrderId: string;
  id?: string;
  externalId?: string;
  epoch: number;
}

export interface VenueQuestion extends AccountPlace {
  /** These are looked up first, then account and open orders. */
  lookUp?: readonly NamedOrder[];
}

export interface NamedOrder {
  clientOrderId: string;
  symbol?: string;
}

/** Null for an order that the venue does not know. One that could not be looked up keeps nobody else from an answer. */
export type LookedUp = { order: Order | null } | { reason: string };

/** What the venue itself shows. Half of it is none: unknown is not flat. */
export type VenueAnswer =
  | {
      ok: true;
      time: number;
      walletBalance?: number;
      availableBalance?: number;
      marginRatio?: number;
      positions: VenuePosition[];
      /** All open orders, conditional ones too. */
      orders: Order[];
      /** What was looked up, as it was named. */
      found?: LookedUp[];
    }
  | { ok: false; reason: string };

export interface LeverageTarget extends AccountPlace {
  symbol: string;
  leverage: number;
  marginMode?: 'cross' | 'isolated';
  epoch: number;
}

export interface ProviderClient {
  place(order: Order, signal: AbortSignal): Promise<PlaceAnswer>;
  cancel(target: CancelTarget, signal: AbortSignal): Promise<CancelAnswer>;
  setLeverage(target: LeverageTarget, signal: AbortSignal): Promise<LeverageAnswer>;
  query(question: VenueQuestion, signal: AbortSignal): Promise<VenueAnswer>;
  /** The accounts that the Provider has connectors for. Rejects when it does not answer. */
  accounts(signal: AbortSignal): Promise<ListedAccount[]>;
}

/** `connectorType:marketType[:accountId]` taken apart. */
export function placeOf(accountKey: string): AccountPlace {
  const [connectorType = '', marketType = '', ...rest] = accountKey.split(':');
  return { connectorType, marketType, ...(rest.length > 0 ? { accountId: rest.join(':') } : {}) };
}

/** The account's key, as the engine writes it. */
export function keyOf({ connectorType, marketType, accountId }: AccountPlace): string {
  return accountId === undefined ? `${connectorType}:${marketType}` : `${connectorType}:${marketType}:${accountId}`;
}
