import type { RunSql } from './prepare-tables.ts';
import { sqlText } from './sql-text.ts';
import { equityTable, recordTables } from './tables.ts';

/** What QuestDB does with what it has acknowledged. */
export interface TableStates {
  /** Everything that was acknowledged can be read. */
  isApplied: boolean;
  /** A table no longer takes up what is acknowledged: what a person has to do. */
  suspended: string | undefined;
}

const names = [...recordTables, equityTable].map(({ name }) => sqlText(name)).join(', ');

export async function tableStates(run: RunSql): Promise<TableStates> {
  const rows = await run(
    `SELECT name, suspended, writerTxn, sequencerTxn, errorMessage FROM wal_tables() WHERE name IN (${names})`,
  );
  const stopped = rows.find(([, suspended]) => suspended === true);
  const isApplied = rows.every(([, suspended, written, given]) => suspended !== true && written === given);
  if (stopped === undefined) return { isApplied, suspended: undefined };
  const [name, , , , why] = stopped;
  return {
    isApplied,
    suspended: `QuestDB keeps records for ${name} without taking them up (${why || 'suspended'}): find out why, then run ALTER TABLE ${name} RESUME WAL`,
  };
}
