/**
 * The paper venue of a replay: one exchange an account, made when the account is first named. It answers effects at once;
 * the session decides when the answers arrive.
 */
import { accountKey, type Envelope, type Order, type ReplayAccountLine } from '@inspector/contract';
import type { CancelEffect, Effect, EngineInput, OrderAnswerInput, PlaceEffect, QueryEffect } from '@inspector/engine';
import { type CancelResult, PaperExchange, type PaperFaults, type PlaceResult } from '@inspector/provider/connectors';
import { createLatestMarket } from './latest-market.ts';

export interface PaperTerms {
  balance: number;
  makerFeePercent: number;
  takerFeePercent: number;
  /** Age up to which the venue takes a book or mark for fresh; the engine's own, so that both refuse the same prints. */
  priceStaleMs?: number;
  /** How each account's venue misbehaves: for drills. */
  faults?: PaperFaults;
}

/** What the venue says: an answer to a call, or an event on its stream. */
export type VenueMessage = { kind: 'answer'; input: EngineInput } | { kind: 'event'; envelope: Envelope };

export interface PaperVenue {
  /** REPLAY_ACCOUNT: the account as the venue has it at the start. */
  start(account: ReplayAccountLine['payload']): void;
  /** The file's own account event: the truth of that venue. */
  account(envelope: Envelope<'PROVIDER_ACCOUNT_EVENT'>): void;
  /** Market data: what it fills. */
  market(envelope: Envelope): VenueMessage[];
  /** Carries out an effect at `now`: the answer first, then the events. */
  execute(effect: Effect, now: number): VenueMessage[];
}

export function createPaperVenue(terms: PaperTerms): PaperVenue {
  const exchanges = new Map<string, PaperExchange>();
  const latest = createLatestMarket();

  function exchangeOf(connectorType: string, marketType: string, accountId?: string): PaperExchange {
    const key = accountKey(connectorType, marketType, accountId);
    const known = exchanges.get(key);
    if (known) return known;
    const settings = { connectorType, marketType, ...terms, sequenced: false, instance: exchanges.size };
    const exchange = new PaperExchange(accountId === undefined ? settings : { ...settings, accountId });
    for (const envelope of latest.envelopes()) exchange.market(envelope);
    exchanges.set(key, exchange);
    return exchange;
  }

  function exchangeOfKey(key: string): PaperExchange {
    const [connectorType = '', marketType = '', accountId] = key.split(':');
    return exchangeOf(connectorType, marketType, accountId);
  }

  return {
    start(account) {
      exchangeOf(account.connectorType, account.marketType, account.accountId).start(account);
    },
    account(envelope) {
      const { connectorType, marketType, accountId } = envelope.payload;
      exchangeOf(connectorType, marketType, accountId).account(envelope);
    },
    market(envelope) {
      latest.keep(envelope);
      const messages: VenueMessage[] = [];
      for (const exchange of exchanges.values()) messages.push(...exchange.market(envelope).map(eventMessage));
      return messages;
    },
    execute(effect, now) {
      const exchange = exchangeOfKey(effect.accountKey);
      switch (effect.kind) {
        case 'place': {
          const result = exchange.place(effect.order, now);
          return [{ kind: 'answer', input: placeAnswer(effect, result, now) }, ...result.events.map(eventMessage)];
        }
        case 'cancel': {
          const result = exchange.cancel(effect.cancels, now);
          return [{ kind: 'answer', input: cancelAnswer(effect, result, now) }, ...result.events.map(eventMessage)];
        }
        case 'query':
          return [{ kind: 'answer', input: queryAnswer(effect, exchange, now) }];
      }
    },
  };
}

function eventMessage(envelope: Envelope): VenueMessage {
  return { kind: 'event', envelope };
}

function placeAnswer(effect: PlaceEffect, { order, timedOut }: PlaceResult, now: number): OrderAnswerInput {
  const { accountKey } = effect;
  const { clientOrderId } = effect.order;
  const answer = { kind: 'order-answer', now, accountKey, clientOrderId, call: 'place' } as const;
  if (timedOut) return { ...answer, outcome: 'unknown' };
  if (order.status === 'REJECTED') return { ...answer, outcome: 'rejected', order, ...refusalOf(order) };
  return { ...answer, outcome: 'accepted', order };
}

/** A cancel of an order that is gone already is refused like at a real venue; how it ended is in `order`. */
function cancelAnswer(effect: CancelEffect, { order }: CancelResult, now: number): OrderAnswerInput {
  const { accountKey, cancels: clientOrderId } = effect;
  const answer = { kind: 'order-answer', now, accountKey, clientOrderId, call: 'cancel' } as const;
  if (order === null) return { ...answer, outcome: 'rejected', reason: 'NOT_FOUND' };
  if (order.status === 'CANCELED') return { ...answer, outcome: 'accepted', order };
  const isOpen = order.status === 'NEW' || order.status === 'PARTIALLY_FILLED';
  return { ...answer, outcome: 'rejected', order, reason: isOpen ? 'UNKNOWN' : 'NOT_FOUND' };
}

function queryAnswer(effect: QueryEffect, exchange: PaperExchange, now: number): EngineInput {
  const { accountKey, queryId, clientOrderId } = effect;
  const { walletBalance, availableBalance, marginRatio, positions, orders } = exchange.state(now);
  const standing = { walletBalance, availableBalance, marginRatio, positions, orders };
  const input = { kind: 'venue-state', now, accountKey, queryId, ok: true, time: now, ...standing } as const;
  return clientOrderId === undefined ? input : { ...input, order: exchange.lookup(clientOrderId) };
}

function refusalOf({ reason, reasonText }: Order): { reason: string; reasonText?: string } {
  const refusal = { reason: reason ?? 'UNKNOWN' };
  return reasonText === undefined ? refusal : { ...refusal, reasonText };
}
