import type { DatabaseSync } from 'node:sqlite';
import type { InspectorEntry } from '@inspector/contract';

/** Inspectors that somebody has written down, whether they run or not. Kept on disk. */
export interface InspectorEntries {
  list(): InspectorEntry[];
  find(sysname: string): InspectorEntry | undefined;
  put(entry: InspectorEntry): void;
  remove(sysname: string): boolean;
}

export function openInspectorEntries(database: DatabaseSync): InspectorEntries {
  database.exec('CREATE TABLE IF NOT EXISTS inspectors (sysname TEXT PRIMARY KEY, entry TEXT NOT NULL) STRICT');
  const all = database.prepare('SELECT entry FROM inspectors ORDER BY sysname');
  const one = database.prepare('SELECT entry FROM inspectors WHERE sysname = ?');
  const put = database.prepare('INSERT INTO inspectors VALUES (?, ?) ON CONFLICT DO UPDATE SET entry = excluded.entry');
  const remove = database.prepare('DELETE FROM inspectors WHERE sysname = ?');
  const entryOf = (row: Record<string, unknown>): InspectorEntry => JSON.parse(row.entry as string) as InspectorEntry;
  return {
    list: () => all.all().map(entryOf),
    find(sysname) {
      const row = one.get(sysname);
      return row === undefined ? undefined : entryOf(row);
    },
    put: (entry) => void put.run(entry.sysname, JSON.stringify(entry)),
    remove: (sysname) => Number(remove.run(sysname).changes) > 0,
  };
}
