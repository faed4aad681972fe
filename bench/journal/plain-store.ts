/** The peer of the journal: the same records as JSON into one table of the same store, one INSERT a row, nothing else. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AuditRecord } from '@inspector/contract';

export interface PlainStore {
  insert(records: readonly AuditRecord[]): void;
  close(): void;
}

export function openPlainStore(directory: string): PlainStore {
  const database = new DatabaseSync(join(directory, 'plain.db'));
  database.exec(`PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 2000; CREATE TABLE lines (seq INTEGER PRIMARY KEY, body TEXT NOT NULL)`);
  const insert = database.prepare('INSERT INTO lines (seq, body) VALUES (?, ?)');
  return {
    insert(records) {
      database.exec('BEGIN IMMEDIATE');
      for (const record of records) insert.run(record.seq, JSON.stringify(record));
      database.exec('COMMIT');
    },
    close: () => database.close(),
  };
}
