/**
 * The bounded queue of one subscription. Market data and the rest wait in two lanes, so that shedding the oldest tick
 * costs nothing; both are numbered on arrival and leave merged by number, so that the order of publishing is kept.
 */
interface Waiting<Item> {
  order: number;
  item: Item;
}

export interface DeliveryQueue<Item> {
  readonly length: number;
  /** Of these, how many may not be shed. */
  readonly keptLength: number;
  readonly shed: number;
  /** True when an event of this kind can be taken, by shedding if need be. */
  hasRoom(market: boolean): boolean;
  /** Takes the event; call only when `hasRoom`. Answers what was shed for it, or instead of it. */
  push(item: Item, market: boolean): Item | undefined;
  /** The next events in order, at most `limit`. */
  take(limit: number): Item[];
  /** Forgets what waits, uncounted. */
  clear(): void;
}

export function createDeliveryQueue<Item>(limit: number): DeliveryQueue<Item> {
  let market = createLane<Item>();
  let kept = createLane<Item>();
  let arrivals = 0;
  let shed = 0;

  return {
    get length() {
      return market.length + kept.length;
    },
    get keptLength() {
      return kept.length;
    },
    get shed() {
      return shed;
    },
    // A tick always has room: where only account events wait, it is itself what is shed.
    hasRoom: (isMarket) => isMarket || kept.length < limit,
    push(item, isMarket) {
      let dropped: Item | undefined;
      if (market.length + kept.length >= limit && (isMarket || market.length > 0)) {
        shed++;
        if (market.length === 0) return item;
        dropped = market.shift().item;
      }
      (isMarket ? market : kept).push({ order: arrivals++, item });
      return dropped;
    },
    take(count) {
      const taken: Item[] = [];
      while (taken.length < count) {
        const tick = market.first();
        const other = kept.first();
        if (!tick && !other) break;
        const lane = !other || (tick && tick.order < other.order) ? market : kept;
        taken.push(lane.shift().item);
      }
      return taken;
    },
    clear() {
      market = createLane();
      kept = createLane();
    },
  };
}

interface Lane<Item> {
  readonly length: number;
  first(): Waiting<Item> | undefined;
  push(waiting: Waiting<Item>): void;
  shift(): Waiting<Item>;
}

/** A queue whose both ends cost the same: `Array.shift` on a long array moves everything. */
function createLane<Item>(): Lane<Item> {
  let head: (Waiting<Item> | undefined)[] = [];
  let next = 0;
  let tail: Waiting<Item>[] = [];
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
