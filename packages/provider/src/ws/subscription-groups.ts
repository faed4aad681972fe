import type { Envelope } from '@inspector/contract';
import { eventSymbol } from './event-symbol.ts';
import { type Subscription, subscriptionKey, wants } from './subscription.ts';

/** Which groups want a kind of event is remembered for this many kinds (type and symbol); past it it is worked out anew. */
const MATCHES_LIMIT = 10_000;

/**
 * All connections with the same subscription. They share a room, so an event is encoded once for all of them; the events
 * that a resume can replay have a room of their own, which a connection leaves while they come to it from the trail.
 */
export interface SubscriptionGroup {
  key: string;
  room: string;
  auditedRoom: string;
  subscription: Subscription;
  members: number;
  /** Events, market data apart, that the group wanted since it began. */
  matched: number;
}

export interface SubscriptionGroups {
  /** Adds one member to the subscription's group, which is made when there is none. */
  enter(subscription: Subscription): SubscriptionGroup;
  leave(group: SubscriptionGroup): void;
  all(): Iterable<SubscriptionGroup>;
  wanting(envelope: Envelope): readonly SubscriptionGroup[];
}

export function createSubscriptionGroups(): SubscriptionGroups {
  const groups = new Map<string, SubscriptionGroup>();
  let matches = new Map<string, readonly SubscriptionGroup[]>();

  return {
    enter(subscription) {
      const key = subscriptionKey(subscription);
      let group = groups.get(key);
      if (group === undefined) {
        group = {
          key,
          room: `subscription:${key}`,
          auditedRoom: `audited:${key}`,
          subscription,
          members: 0,
          matched: 0,
        };
        groups.set(key, group);
        matches = new Map();
      }
      group.members += 1;
      return group;
    },
    leave(group) {
      group.members -= 1;
      if (group.members > 0) return;
      groups.delete(group.key);
      matches = new Map();
    },
    all: () => groups.values(),
    wanting(envelope) {
      const symbol = eventSymbol(envelope);
      const kind = symbol === undefined ? envelope.type : `${envelope.type}|${symbol.key}`;
      const known = matches.get(kind);
      if (known !== undefined) return known;
      const wanting = [...groups.values()].filter(({ subscription }) => wants(subscription, envelope.type, symbol));
      if (matches.size >= MATCHES_LIMIT) matches = new Map();
      matches.set(kind, wanting);
      return wanting;
    },
  };
}
