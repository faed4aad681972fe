import type { DatabaseSync } from 'node:sqlite';
import { APPLICATION_ID, SCHEMA_VERSION } from './data-directory.ts';

/** 8 KiB pages took 5 to 15 % more records a second than 4 KiB: records are some hundred bytes, batches are large. */
const PAGE_BYTES = 8192;
/** The write-ahead log is copied into the database at every 2,000 pages (16 MB), within the commit that reaches it. */
const CHECKPOINT_PAGES = 2000;
/** A log that a slow reader made longer is cut back to this once it has been copied. */
const WAL_LIMIT_BYTES = 64 * 1024 * 1024;
/** How long to wait for another process that is only reading or recovering the log. */
export const BUSY_TIMEOUT_MS = 2000;

/**
 * A record is stored once, as the JSON that it was written as. The view `audit` gives its fields as columns, computed
 * when they are read. (Generated columns in the table itself would read as well, but SQLite computes them for every
 * insert, which halves the records a second.) For finding things quickly there is `audit_blocks`.
 */
const AUDIT_COLUMNS = [
  'ts',
  'kind',
  'code',
  'severity',
  'accountKey',
  'symbol',
  'positionId',
  'requestId',
  'orderId',
  'detectorSysname',
  'traceId',
  'message',
];

const TABLES = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE inputs (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, ts INTEGER NOT NULL, batch BLOB NOT NULL);
  CREATE TABLE snapshots (input INTEGER PRIMARY KEY, seq INTEGER NOT NULL, state TEXT NOT NULL);
  CREATE TABLE audit_lines (seq INTEGER PRIMARY KEY, body TEXT NOT NULL);
  CREATE VIEW audit AS
    SELECT seq, ${AUDIT_COLUMNS.map((name) => `body ->> '$.${name}' AS ${name}`).join(', ')}, body FROM audit_lines;
  CREATE TABLE audit_blocks (block INTEGER PRIMARY KEY, firstTs INTEGER NOT NULL, lastTs INTEGER NOT NULL, keys BLOB NOT NULL);
`;

/** In one transaction, before the switch to WAL: a first start that is killed leaves an empty file or a whole one. */
export function createSchema(database: DatabaseSync): void {
  database.exec(`PRAGMA page_size = ${PAGE_BYTES}; PRAGMA synchronous = FULL;`);
  database.exec(`BEGIN IMMEDIATE; ${TABLES}
    PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`);
}

export function configureWriter(database: DatabaseSync): void {
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};
    PRAGMA journal_size_limit = ${WAL_LIMIT_BYTES}; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;`);
}
