/**
 * The bounded queue of one subscription. Market data and the rest wait in two lanes, so that shedding the oldest tick
 * costs nothing; both are numbered on arrival and leave merged by number, so that the order of publishing is kept.
 */
import type { Envelope } from '@inspector/contract';

interface Waiting {
  order: number;
  envelope: Envelope;
}

export interface DeliveryQueue {
  readonly length: number;
  readonly shed: number;
  /** True when an event of this kind can be taken, by shedding if need be. */
  hasRoom(market: boolean): boolean;
  /** Takes the event; call only when `hasRoom`. */
  push(envelope: Envelope, market: boolean): void;
  /** The next events in order, at most `limit`. */
  take(limit: number): Envelope[];
}

export function createDeliveryQueue(limit: number): DeliveryQueue {
  const market = createLane();
  const kept = createLane();
  let arrivals = 0;
  let shed = 0;

  return {
    get length() {
      return market.length + kept.length;
    },
    get shed() {
      return shed;
    },
    // A tick always has room: where only account events wait, it is itself what is shed.
    hasRoom: (isMarket) => isMarket || kept.length < limit,
    push(envelope, isMarket) {
      if (market.length + kept.length >= limit) {
        shed++;
        if (market.length === 0) return;
        market.shift();
      }
      (isMarket ? market : kept).push({ order: arrivals++, envelope });
    },
    take(count) {
      const taken: Envelope[] = [];
      while (taken.length < count) {
        const tick = market.first();
        const other = kept.first();
        if (!tick && !other) break;
        const lane = !other || (tick && tick.order < other.order) ? market : kept;
        taken.push(lane.shift().envelope);
      }
      return taken;
    },
  };
}

interface Lane {
  readonly length: number;
  first(): Waiting | undefined;
  push(waiting: Waiting): void;
  shift(): Waiting;
}

/** A queue whose both ends cost the same: `Array.shift` on a long array moves everything. */
function createLane(): Lane {
  let head: (Waiting | undefined)[] = [];
  let next = 0;
  let tail: Waiting[] = [];
  const turn = () => {
    if (next < head.length) return;
    head = tail;
    tail = [];
    next = 0;
  };
  return {
    get length() {
      return head.length - next + tail.length;
    },
    first() {
      turn();
      return head[next];
    },
    push: (waiting) => void tail.push(waiting),
    shift() {
      turn();
      const waiting = head[next]!;
      head[next++] = undefined; // let go of it now, not when the whole head is through
      return waiting;
    },
  };
}
