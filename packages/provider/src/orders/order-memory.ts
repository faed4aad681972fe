import type { Order } from '@inspector/contract';
import { progressed } from './order-progress.ts';
import type { OrderStore, StoredOrder } from './order-store.ts';

/** How long what is new waits for the disk, so that many orders are one write. */
const WRITE_AFTER_MS = 50;

/** Orders remembered while the disk takes none; past it the oldest is forgotten, and its id could be used twice. */
const UNWRITTEN_LIMIT = 10_000;

/** Waits between tries while the disk takes nothing, doubling up to this. */
const RETRY_LIMIT_MS = 5_000;

/**
 * What is known of orders, in front of the store. An order never waits for the disk, and an exit never fails because a file
 * cannot be written: what is new is in memory at once and on disk a moment later. What a `kill -9` takes in that moment,
 * the venue's own idempotency and Inspector's question for the order make good.
 */
export interface OrderMemory {
  byClientOrderId(clientOrderId: string): StoredOrder | undefined;
  byAnyId(id: string): StoredOrder | undefined;
  put(entry: StoredOrder): void;
  /** Brings a known order up to date; one that is not known is left out. */
  update(told: Partial<Order>): void;
  recent(account: { connectorType: string; marketType: string }, limit: number): Order[];
  highestEpoch(key: string): number;
  raiseEpoch(key: string, epoch: number): void;
  /** Writes what is not yet on disk; false when the disk takes nothing. */
  flush(): boolean;
}

/** `onTrouble` hears of the first failure of the disk, and of the next only after a write has succeeded. */
export function createOrderMemory(
  store: OrderStore,
  { onTrouble, now }: { onTrouble(error: unknown): void; now(): number },
): OrderMemory {
  const unwritten = new Map<string, StoredOrder>();
  const epochs = new Map<string, number>();
  let inTrouble = false;
  let timer: NodeJS.Timeout | undefined;

  const attempt = <T>(run: () => T, otherwise: T): T => {
    try {
      return run();
    } catch (error) {
      if (!inTrouble) onTrouble(error);
      inTrouble = true;
      return otherwise;
    }
  };

  const flush = (): boolean => {
    clearTimeout(timer);
    timer = undefined;
    if (unwritten.size === 0) return true;
    return attempt(() => {
      store.write(unwritten.values(), now());
      unwritten.clear();
      inTrouble = false;
      return true;
    }, false);
  };

  const flushAfter = (ms: number): void => {
    timer ??= setTimeout(() => {
      if (!flush()) flushAfter(Math.min(2 * ms, RETRY_LIMIT_MS));
    }, ms).unref();
  };

  const put = (entry: StoredOrder): void => {
    unwritten.set(entry.order.clientOrderId, entry);
    if (unwritten.size > UNWRITTEN_LIMIT && (inTrouble || !flush())) {
      const oldest = unwritten.keys().next();
      if (!oldest.done) unwritten.delete(oldest.value);
    }
    flushAfter(WRITE_AFTER_MS);
  };

  const byAnyId = (id: string): StoredOrder | undefined => {
    if (id === '') return undefined;
    const fresh = unwritten.get(id) ?? entryWithId(unwritten.values(), id);
    return fresh ?? attempt(() => store.byAnyId(id), undefined);
  };

  return {
    byAnyId,
    put,
    flush,
    byClientOrderId: (id) => unwritten.get(id) ?? attempt(() => store.byClientOrderId(id), undefined),
    update(told) {
      const known = byAnyId(told.clientOrderId ?? '') ?? byAnyId(told.externalId ?? '') ?? byAnyId(told.id ?? '');
      const order = known === undefined ? undefined : progressed(known.order, told);
      if (known !== undefined && order !== undefined) put({ ...known, order });
    },
    recent(account, limit) {
      flush();
      return attempt(() => store.recent(account, limit), []);
    },
    highestEpoch: (key) =>
      Math.max(
        epochs.get(key) ?? 0,
        attempt(() => store.highestEpoch(key), 0),
      ),
    raiseEpoch(key, epoch) {
      epochs.set(key, Math.max(epoch, epochs.get(key) ?? 0));
      attempt(() => store.raiseEpoch(key, epoch), undefined);
    },
  };
}

function entryWithId(entries: Iterable<StoredOrder>, id: string): StoredOrder | undefined {
  for (const entry of entries) if (entry.order.id === id || entry.order.externalId === id) return entry;
  return undefined;
}
