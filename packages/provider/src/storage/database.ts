import { DatabaseSync } from 'node:sqlite';

/** Another process that holds the file is waited for this long, then the start fails. */
const BUSY_TIMEOUT_MS = 1_000;

/** Pages of 4 KiB after which the log is folded into the file, which waits for the disk: seldom, and at most 40 MB. */
const CHECKPOINT_PAGES = 10_000;

/**
 * Opens the Provider's own store; `path` may be `:memory:`. A write survives the end of the process at once and a power
 * failure a little later: the disk is not waited for, because an order must not be. Throws
 * `PROVIDER_STORE_UNREADABLE` when the file is damaged, foreign or cannot be opened.
 */
export function openDatabase(path: string): DatabaseSync {
  try {
    const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`,
    );
    return database;
  } catch (error) {
    throw Object.assign(new Error(`${path} cannot be used: ${(error as Error).message}. Move it away to begin anew.`), {
      code: 'PROVIDER_STORE_UNREADABLE',
    });
  }
}
