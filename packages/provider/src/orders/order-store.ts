import type { DatabaseSync } from 'node:sqlite';
import { isFinalStatus, type Order } from '@inspector/contract';

/** A `clientOrderId` stands for its first order for this long. */
export const IDEMPOTENT_MS = 24 * 60 * 60 * 1000;

/** Orders kept. Past it the oldest ended ones make room early: an exit is never refused for want of it. */
export const ORDERS_LIMIT = 1_000_000;

/** Rows that one clean-up removes at most, so that no order waits for a long one. */
const REMOVED_AT_ONCE = 1_000;
const CLEAN_UP_EVERY_MS = 10_000;

/** An order that was never seen to end is forgotten after this. */
const OPEN_KEPT_MS = 30 * IDEMPOTENT_MS;

export interface StoredOrder {
  order: Order;
  body: string;
  /** When its client id was first used. */
  firstAt: number;
}

/**
 * The orders that went through this Provider, and the highest epoch of each Inspector. On disk, so that after a restart a
 * repeated order is still recognised and a replaced instance still refused.
 */
export interface OrderStore {
  /** The order that holds the client id, however it was first sent. */
  byClientOrderId(clientOrderId: string): StoredOrder | undefined;
  /** By the Provider's id, the client's or the venue's, in this order. */
  byAnyId(id: string): StoredOrder | undefined;
  /** All of them or none, each in the place of what was known of it. Makes room where there is none. */
  write(entries: Iterable<StoredOrder>, now: number): void;
  /** Newest first. */
  recent(account: { connectorType: string; marketType: string }, limit: number): Order[];
  highestEpoch(key: string): number;
  /** Never lowers it. */
  raiseEpoch(key: string, epoch: number): void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS orders (
    client_order_id TEXT PRIMARY KEY, id TEXT NOT NULL, external_id TEXT NOT NULL, account TEXT NOT NULL,
    body TEXT NOT NULL, "order" TEXT NOT NULL, final INTEGER NOT NULL, first_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS orders_id ON orders (id);
  CREATE INDEX IF NOT EXISTS orders_external_id ON orders (external_id);
  CREATE INDEX IF NOT EXISTS orders_account ON orders (account, first_at);
  CREATE INDEX IF NOT EXISTS orders_age ON orders (final, first_at);
  CREATE TABLE IF NOT EXISTS epochs (key TEXT PRIMARY KEY, epoch INTEGER NOT NULL) STRICT;
`;

export function openOrderStore(database: DatabaseSync): OrderStore {
  database.exec(schema);
  const byClientId = database.prepare('SELECT body, "order", first_at FROM orders WHERE client_order_id = ?');
  const byId = database.prepare('SELECT body, "order", first_at FROM orders WHERE id = ? LIMIT 1');
  const byExternalId = database.prepare('SELECT body, "order", first_at FROM orders WHERE external_id = ? LIMIT 1');
  const insert = database.prepare(`INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET id = excluded.id, external_id = excluded.external_id, body = excluded.body,
      "order" = excluded."order", final = excluded.final, first_at = excluded.first_at`);
  const recent = database.prepare('SELECT "order" FROM orders WHERE account = ? ORDER BY first_at DESC LIMIT ?');
  const epochOf = database.prepare('SELECT epoch FROM epochs WHERE key = ?');
  const setEpoch = database.prepare(
    'INSERT INTO epochs VALUES (?, ?) ON CONFLICT DO UPDATE SET epoch = max(epoch, excluded.epoch)',
  );
  const removeOld = database.prepare(`DELETE FROM orders WHERE client_order_id IN
    (SELECT client_order_id FROM orders WHERE final = ? AND first_at < ? ORDER BY first_at LIMIT ${REMOVED_AT_ONCE})`);
  const count = database.prepare('SELECT count(*) AS count FROM orders');
  let kept = Number(count.get()?.count);
  let cleanedAt = 0;

  const stored = (row: Record<string, unknown> | undefined): StoredOrder | undefined =>
    row === undefined
      ? undefined
      : { order: JSON.parse(row.order as string) as Order, body: row.body as string, firstAt: Number(row.first_at) };
  const cleanUp = (now: number): void => {
    if (now - cleanedAt < CLEAN_UP_EVERY_MS && kept < ORDERS_LIMIT) return;
    cleanedAt = now;
    kept -=
      Number(removeOld.run(1, now - IDEMPOTENT_MS).changes) + Number(removeOld.run(0, now - OPEN_KEPT_MS).changes);
    if (kept >= ORDERS_LIMIT) kept -= Number(removeOld.run(1, now).changes);
  };

  const put = ({ order, body, firstAt }: StoredOrder): void => {
    const { clientOrderId, id, externalId } = order;
    if (byClientId.get(clientOrderId) === undefined) kept += 1;
    const final = isFinalStatus(order.status) ? 1 : 0;
    insert.run(clientOrderId, id, externalId, accountOf(order), body, JSON.stringify(order), final, firstAt);
  };

  return {
    byClientOrderId: (clientOrderId) => stored(byClientId.get(clientOrderId)),
    byAnyId: (id) => (id === '' ? undefined : stored(byId.get(id) ?? byClientId.get(id) ?? byExternalId.get(id))),
    write(entries, now) {
      database.exec('BEGIN');
      try {
        cleanUp(now);
        for (const entry of entries) put(entry);
        database.exec('COMMIT');
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        kept = Number(count.get()?.count);
        throw error;
      }
    },
    recent: ({ connectorType, marketType }, limit) =>
      recent.all(`${connectorType}:${marketType}`, limit).map((row) => JSON.parse(row.order as string) as Order),
    highestEpoch: (key) => Number(epochOf.get(key)?.epoch ?? 0),
    raiseEpoch: (key, epoch) => void setEpoch.run(key, epoch),
  };
}

const accountOf = ({ connectorType, marketType }: Order): string => `${connectorType}:${marketType}`;
