import { randomUUID } from 'node:crypto';
import { type AccountEventPayload, type Envelope, isFinalStatus, type Order } from '@inspector/contract';
import type { Deliver } from '../connector.ts';

/** Says what happened to the account, in one numbered stream. */
export interface AccountWords {
  order(order: Order): void;
  account(event: Pick<AccountEventPayload, 'eventType' | 'eventTime' | 'options'>): void;
  /** Something may have been missed: the next event shows it by its number, and the account is compared with the venue. */
  gap(): void;
}

export interface AccountWordsSettings {
  place: Pick<Order, 'connectorType' | 'marketType' | 'accountId'>;
  deliver: Deliver;
  now: () => number;
}

/**
 * The numbers begin at the present time in ms: after a restart they have jumped, and whoever listened all along knows that
 * events may be missing.
 */
export function createAccountWords({ place, deliver, now }: AccountWordsSettings): AccountWords {
  let seq = now();

  const say = (type: Envelope['type'], payload: object): void => {
    seq += 1;
    const envelope = { eventId: randomUUID(), type, source: 'PROVIDER', timestamp: now(), seq, payload };
    deliver(envelope as Envelope);
  };

  return {
    order(order) {
      if (!isFinalStatus(order.status) || order.quantityExecuted > 0) say('PROVIDER_ORDER_CREATE', order);
      if (isFinalStatus(order.status)) say('PROVIDER_ORDER_CLOSE', order);
    },
    account: (event) => say('PROVIDER_ACCOUNT_EVENT', { ...place, ...event }),
    gap() {
      seq += 1;
    },
  };
}
