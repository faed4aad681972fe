import { DatabaseSync } from 'node:sqlite';
import { databaseToRead } from './data-directory.ts';
import { journalErrorOf } from './journal-error.ts';
import { BUSY_TIMEOUT_MS } from './sqlite-schema.ts';

/** Records read at a time: nothing stays open between two reads, so the log of a running Inspector is not held up. */
const LINES_PER_READ = 512;

/** The audit trail of a data directory, for reading; an Inspector may be running on it. */
export interface AuditReader {
  readonly appKey: string;
  /** Of the oldest and newest record now; `lastSeq` is 0 when there is none. */
  firstSeq(): number;
  lastSeq(): number;
  /** The JSON lines as they were written, ascending, both ends included. */
  lines(fromSeq: number, toSeq: number): Iterable<string>;
  close(): void;
}

/** Throws JournalError DATA_DIR_FOREIGN, _CORRUPT, _NEWER or _UNWRITABLE (the log of a reader needs a place as well). */
export function openAuditReader(directory: string): AuditReader {
  const file = databaseToRead(directory);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    return createReader(database);
  } catch (error) {
    database?.close();
    throw journalErrorOf(error, `reading ${file}`);
  }
}

function createReader(database: DatabaseSync): AuditReader {
  const appKey = database.prepare(`SELECT value FROM meta WHERE key = 'appKey'`).get()?.value as string | undefined;
  const first = database.prepare('SELECT min(seq) AS seq FROM audit_lines');
  const last = database.prepare('SELECT max(seq) AS seq FROM audit_lines');
  const read = database.prepare('SELECT seq, body FROM audit_lines WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?');
  return {
    appKey: appKey ?? '',
    firstSeq: () => (first.get()?.seq as number | null) ?? 1,
    lastSeq: () => (last.get()?.seq as number | null) ?? 0,
    *lines(fromSeq, toSeq) {
      let next = fromSeq;
      while (next <= toSeq) {
        const rows = read.all(next, toSeq, LINES_PER_READ);
        for (const row of rows) yield row.body as string;
        if (rows.length < LINES_PER_READ) return;
        next = (rows[rows.length - 1]!.seq as number) + 1;
      }
    },
    close: () => database.close(),
  };
}
