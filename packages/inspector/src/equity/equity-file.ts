import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EquityPoint } from '@inspector/contract';

export const EQUITY_FILE = 'equity.db';

/** Rows kept at most, some 45 MB: of one account almost a year, of ten 35 days. Past it the oldest go. */
export const ROWS_KEPT = 500_000;
/** Rows that one write deletes at most, so that it takes some milliseconds. */
const ROWS_PER_DELETE = 2_000;
/** Rows read between two breaks, under a millisecond. */
const ROWS_PER_READ = 500;
/** How long a start waits for somebody who only looks at the file. */
const OPEN_WITHIN_MS = 1_000;
const DAY_MS = 86_400_000;

/** "INSE" as a number, in the file's header: what makes it ours. */
const APPLICATION_ID = 0x494e5345;
const LAYOUT = 1;

/** By time first: what is new is at the end, and what is old goes from the beginning. */
const TABLE = `
  CREATE TABLE equity (
    ts REAL NOT NULL, accountKey TEXT NOT NULL, equityUsd REAL NOT NULL,
    drawdownPct REAL, dailyPnlPct REAL, dailyPnlUsd REAL, exposureUsd REAL,
    PRIMARY KEY (ts, accountKey)
  ) WITHOUT ROWID`;

export interface EquityFileConfig {
  directory: string;
  /** Days that are kept; 0: as far as `rowsKept` reaches. */
  days: number;
  rowsKept?: number;
}

/** Points on disk. Every call may throw what SQLite throws. */
export interface EquityFile {
  /** Of the oldest and the newest point; Infinity and −Infinity when there is none. */
  ends(): { oldestTs: number; newestTs: number };
  /** Stores points, all or none, and deletes what is no longer kept as of `now`. */
  add(points: readonly EquityPoint[], now: number): void;
  /** Oldest first, `from` included and `before` not. Other work goes on between its slices. */
  read(from: number, before: number): AsyncIterable<EquityPoint>;
  close(): void;
}

/** Opens or creates it. Throws what SQLite throws, and an Error when the file is another program's or another layout. */
export function openEquityFile({ directory, days, rowsKept = ROWS_KEPT }: EquityFileConfig): EquityFile {
  const database = new DatabaseSync(join(directory, EQUITY_FILE), { timeout: OPEN_WITHIN_MS });
  try {
    prepare(database);
    return createFile(database, { days, rowsKept });
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepare(database: DatabaseSync): void {
  const pragma = (name: string) => database.prepare(`PRAGMA ${name}`).get()?.[name];
  const isNew = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.tables === 0;
  if (isNew) {
    database.exec(
      `BEGIN; ${TABLE}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${LAYOUT}; COMMIT`,
    );
  } else if (pragma('application_id') !== APPLICATION_ID || pragma('user_version') !== LAYOUT) {
    throw new Error('the file is not an equity history of this version');
  }
  // NORMAL: a power failure may take the last points, a commit does not wait for the disk.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF');
  // From here on the runner would wait: what cannot be had at once is an error.
  database.exec('PRAGMA busy_timeout = 0');
}

function createFile(database: DatabaseSync, { days, rowsKept }: { days: number; rowsKept: number }): EquityFile {
  const insert = database.prepare(
    'INSERT INTO equity VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (ts, accountKey) DO NOTHING',
  );
  const newest = database.prepare('SELECT ts FROM equity ORDER BY ts DESC LIMIT 1');
  const nthOldest = database.prepare('SELECT ts FROM equity ORDER BY ts LIMIT 1 OFFSET ?');
  const deleteThrough = database.prepare('DELETE FROM equity WHERE ts <= ?');
  const deleteBefore = database.prepare('DELETE FROM equity WHERE ts < ?');
  const next = database.prepare(
    `SELECT * FROM equity WHERE (ts, accountKey) > (?, ?) AND ts < ? ORDER BY ts, accountKey LIMIT ${ROWS_PER_READ}`,
  );
  let rows = database.prepare('SELECT count(*) AS count FROM equity').get()?.count as number;

  const tsOf = (place: number): number => (nthOldest.get(place)?.ts as number | undefined) ?? Number.POSITIVE_INFINITY;

  function store(points: readonly EquityPoint[]): number {
    let stored = 0;
    for (const { ts, accountKey, equityUsd, drawdownPct, dailyPnlPct, dailyPnlUsd, exposureUsd } of points) {
      stored += changed(insert.run(ts, accountKey, equityUsd, drawdownPct, dailyPnlPct, dailyPnlUsd, exposureUsd));
    }
    return stored;
  }

  /** A whole moment at a time. */
  function deleteOld(count: number, now: number): number {
    const over = Math.min(count - rowsKept, ROWS_PER_DELETE);
    const deleted = over > 0 ? changed(deleteThrough.run(tsOf(over - 1))) : 0;
    if (days === 0) return deleted;
    return deleted + changed(deleteBefore.run(Math.min(now - days * DAY_MS, tsOf(ROWS_PER_DELETE))));
  }

  return {
    ends() {
      const last = newest.get()?.ts as number | undefined;
      return { oldestTs: tsOf(0), newestTs: last ?? Number.NEGATIVE_INFINITY };
    },
    add(points, now) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const count = rows + store(points);
        const kept = count - deleteOld(count, now);
        database.exec('COMMIT');
        rows = kept;
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    async *read(from, before) {
      let [ts, accountKey] = [from, ''];
      for (;;) {
        const found = next.all(ts, accountKey, before) as unknown as EquityPoint[];
        yield* found;
        const last = found.at(-1);
        if (last === undefined || found.length < ROWS_PER_READ) return;
        ({ ts, accountKey } = last);
        await nextTurn();
      }
    },
    close: () => database.close(),
  };
}

const changed = ({ changes }: { changes: number | bigint }): number => Number(changes);
