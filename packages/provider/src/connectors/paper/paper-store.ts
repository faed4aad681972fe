import { DatabaseSync } from 'node:sqlite';
import { ConnectorError } from '../connector.ts';
import { CLIENT_ID_KEPT_MS } from './exchange/order-book.ts';
import type { PaperOrder } from './exchange/paper-order.ts';
import type { PaperLedgerSnapshot, PaperSnapshot } from './exchange/snapshot.ts';
import type { SimulatedMarketSnapshot } from './market/simulated-market.ts';

/** Written to `user_version`; a file of another one is refused, not guessed at. */
const STORE_VERSION = 1;
/** Saves between two sweeps of orders that ended over 24 h ago: what bounds the file at a day of orders. */
const SAVES_PER_SWEEP = 500;
/** Another process that holds the file is waited for this long, then the start fails. */
const BUSY_TIMEOUT_MS = 1000;

export interface StoredPaper {
  /** Chosen once for a file: part of all event ids, so that an account begun anew never repeats one. */
  instance: number;
  account: PaperSnapshot | undefined;
  market: SimulatedMarketSnapshot | undefined;
}

/** Where the paper account outlives the process. */
export interface PaperStore {
  load(newInstance: number): StoredPaper;
  /** One transaction: after a crash either all of it is there or none. */
  saveAccount(ledger: PaperLedgerSnapshot, orders: readonly PaperOrder[], now: number): void;
  saveMarket(market: SimulatedMarketSnapshot): void;
  close(): void;
}

/** For tests and replays: nothing outlives the process. */
export const memoryStore = (): PaperStore => ({
  load: (newInstance) => ({ instance: newInstance, account: undefined, market: undefined }),
  saveAccount: () => {},
  saveMarket: () => {},
  close: () => {},
});

/**
 * The paper account in an SQLite file. The disk is not waited for: the end of the process loses nothing, a power failure
 * may lose the last moments of paper money, and the Inspector then reconciles with what is there.
 * Errors: STATE_UNREADABLE names the file when it is no such store.
 */
export function openPaperStore(path: string): PaperStore {
  const database = openDatabase(path);
  const putState = database.prepare(
    'INSERT INTO state VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  const putOrder = database.prepare(
    'INSERT INTO orders VALUES (?, ?, ?, ?) ON CONFLICT (client_order_id) DO UPDATE SET ended_at = excluded.ended_at, value = excluded.value',
  );
  const sweep = database.prepare('DELETE FROM orders WHERE ended_at IS NOT NULL AND ended_at < ?');
  let saves = 0;

  const stateOf = (name: string): unknown => {
    const row = database.prepare('SELECT value FROM state WHERE name = ?').get(name);
    return row === undefined ? undefined : JSON.parse(String(row.value));
  };

  return {
    load(newInstance) {
      try {
        const instance = stateOf('instance');
        if (instance === undefined) putState.run('instance', JSON.stringify(newInstance));
        const ledger = stateOf('ledger') as PaperLedgerSnapshot | undefined;
        const rows = database.prepare('SELECT value FROM orders ORDER BY ended_at IS NULL, ended_at, placed').all();
        const orders = rows.map((row) => JSON.parse(String(row.value)) as PaperOrder);
        return {
          instance: typeof instance === 'number' ? instance : newInstance,
          account: ledger && { ledger, orders },
          market: stateOf('market') as SimulatedMarketSnapshot | undefined,
        };
      } catch (error) {
        throw unreadable(path, error);
      }
    },
    saveAccount(ledger, orders, now) {
      database.exec('BEGIN IMMEDIATE');
      try {
        putState.run('ledger', JSON.stringify(ledger));
        for (const entry of orders) {
          const { clientOrderId, status, updateTime, externalId } = entry.order;
          const isOpen = status === 'NEW' || status === 'PARTIALLY_FILLED';
          const placed = Number(externalId.slice(externalId.lastIndexOf('-') + 1));
          putOrder.run(clientOrderId, placed, isOpen ? null : updateTime, JSON.stringify(entry));
        }
        saves += 1;
        if (saves % SAVES_PER_SWEEP === 1) sweep.run(now - CLIENT_ID_KEPT_MS);
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    saveMarket: (market) => {
      putState.run('market', JSON.stringify(market));
    },
    close: () => database.close(),
  };
}

function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    const version = database.prepare('PRAGMA user_version').get()?.user_version;
    if (version !== 0 && version !== STORE_VERSION) throw new Error(`its version is ${version}, not ${STORE_VERSION}`);
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA user_version = ${STORE_VERSION};
      CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS orders (
        client_order_id TEXT PRIMARY KEY, placed INTEGER NOT NULL, ended_at INTEGER, value TEXT NOT NULL) STRICT;
    `);
    return database;
  } catch (error) {
    database?.close();
    throw unreadable(path, error);
  }
}

const unreadable = (path: string, error: unknown): ConnectorError =>
  new ConnectorError(
    'STATE_UNREADABLE',
    `The paper account in ${path} cannot be used: ${error instanceof Error ? error.message : String(error)}. Move the file away to begin a new account.`,
    { cause: error },
  );
