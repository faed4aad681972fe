import type { Order } from '@inspector/contract';
import { progressed } from './order-progress.ts';
import type { OrderStore, StoredOrder } from './order-store.ts';

/** Orders remembered while the disk takes none; past it the oldest is forgotten, and its id could be used twice. */
const UNWRITTEN_LIMIT = 10_000;

/**
 * An order store that goes on without its disk: an exit must never fail because a file cannot be written. What could not be
 * written is remembered and written when the disk takes it again. `onTrouble` hears of the first failure, and of the next
 * only after a write has succeeded.
 */
export function steadfastStore(store: OrderStore, onTrouble: (error: unknown) => void): OrderStore {
  const unwritten = new Map<string, StoredOrder>();
  const epochs = new Map<string, number>();
  let inTrouble = false;

  /** Runs against the disk; answers `otherwise` when that fails. */
  const attempt = <T>(run: () => T, otherwise: T): T => {
    try {
      return run();
    } catch (error) {
      if (!inTrouble) onTrouble(error);
      inTrouble = true;
      return otherwise;
    }
  };

  const remember = (entry: StoredOrder): void => {
    unwritten.set(entry.order.clientOrderId, entry);
    if (unwritten.size <= UNWRITTEN_LIMIT) return;
    const oldest = unwritten.keys().next();
    if (!oldest.done) unwritten.delete(oldest.value);
  };

  const write = ({ order, body, firstAt }: StoredOrder): boolean =>
    attempt(() => {
      store.put(order, body, firstAt);
      unwritten.delete(order.clientOrderId);
      inTrouble = false;
      return true;
    }, false);

  const catchUp = (): void => {
    for (const entry of unwritten.values()) if (!write(entry)) return;
  };

  const inMemory = (id: string): StoredOrder | undefined =>
    unwritten.get(id) ??
    [...unwritten.values()].find(({ order }) => id !== '' && (order.id === id || order.externalId === id));

  return {
    byClientOrderId: (id) => unwritten.get(id) ?? attempt(() => store.byClientOrderId(id), undefined),
    byAnyId: (id) => inMemory(id) ?? attempt(() => store.byAnyId(id), undefined),
    put(order, body, now) {
      const firstAt = unwritten.get(order.clientOrderId)?.firstAt ?? now;
      if (!write({ order, body, firstAt })) remember({ order, body, firstAt });
      else if (unwritten.size > 0) catchUp();
    },
    update(told) {
      const known = inMemory(told.clientOrderId ?? '') ?? inMemory(told.externalId ?? '');
      if (known === undefined) {
        attempt(() => store.update(told), undefined);
        return;
      }
      const order = progressed(known.order, told);
      if (order !== undefined) remember({ ...known, order });
    },
    forget(clientOrderId) {
      unwritten.delete(clientOrderId);
      attempt(() => store.forget(clientOrderId), undefined);
    },
    recent: (account, limit) => attempt(() => store.recent(account, limit), [] as Order[]),
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
