import type { Socket } from 'socket.io';
import { createDeliveredRanges, type DeliveredRanges } from './delivered-ranges.ts';
import type { SubscriptionGroup } from './subscription-groups.ts';

/**
 * How events reach a connection.
 * - `live`: in both rooms of its group, so that one encoding serves all of the group.
 * - `lagging`: in none, until what it was sent before has left; what it misses is counted.
 * - `replaying`: not in the room of the audited `INSPECTOR_*` events; those come to it from the trail.
 * - `joining`: likewise; the trail was ahead of the live events, and the first one after `cursor` makes it live.
 */
export type DeliveryState = 'live' | 'lagging' | 'replaying' | 'joining';

export interface Client {
  socket: Socket;
  group: SubscriptionGroup;
  state: DeliveryState;
  /** Audited events that it has been sent, by `seq`. While it is live, those after `liveAfter` too. */
  delivered: DeliveredRanges;
  liveAfter: number;
  /** Audit sequence up to which a replay has come. */
  cursor: number;
  /** When it began to lag: the time, the newest audit sequence and what its group had wanted until then. */
  laggingSince: number;
  lagAfter: number;
  matchedAtLag: number;
  /** First market tick whose changes it has not been sent; undefined when it has them all. */
  marketBehindSince: number | undefined;
}

export function createClient(socket: Socket, group: SubscriptionGroup, liveAfter: number): Client {
  return {
    socket,
    group,
    state: 'live',
    delivered: createDeliveredRanges(),
    liveAfter,
    cursor: -1,
    laggingSince: 0,
    lagAfter: -1,
    matchedAtLag: 0,
    marketBehindSince: undefined,
  };
}
