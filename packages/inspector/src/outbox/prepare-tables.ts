import { isQuestdbFailure, questdbFailure } from './questdb-failure.ts';
import { sqlText } from './sql-text.ts';
import { equityTable, recordTables, type Table } from './tables.ts';

/** Runs a statement and gives its rows. */
export type RunSql = (sql: string) => Promise<unknown[][]>;

const tables: readonly Table[] = [...recordTables, equityTable];

/** `identity` changes when a table of records was made anew, by whomever: then everything is to be sent again. */
export interface PreparedTables {
  identity: string;
  /** A table was made just now, and whether one of records was among them. */
  made: 'none' | 'samples' | 'records';
}

/**
 * Makes what is missing, and sees to it that what is there can be written to twice without doubling. Rejects with `unusable`
 * when a person has to act.
 */
export async function prepareTables(run: RunSql): Promise<PreparedTables> {
  let known = await knownTables(run);
  let made: PreparedTables['made'] = 'none';
  for (const table of tables) {
    const found = known.get(table.name);
    if (found !== undefined) {
      await check(run, table, found);
    } else {
      await make(run, table);
      if (made !== 'records') made = recordTables.includes(table) ? 'records' : 'samples';
    }
  }
  if (made !== 'none') known = await knownTables(run);
  return { identity: recordTables.map(({ name }) => known.get(name)?.id).join(' '), made };
}

interface KnownTable {
  /** QuestDB's own number of the table: another one when it is made anew. */
  id: number;
  hasWal: boolean;
  hasDedup: boolean;
  timeColumn: unknown;
}

async function knownTables(run: RunSql): Promise<Map<string, KnownTable>> {
  const names = tables.map((table) => sqlText(table.name)).join(', ');
  const sql = `SELECT table_name, id, walEnabled, dedup, designatedTimestamp FROM tables() WHERE table_name IN (${names})`;
  const rows = await understood(run, sql);
  return new Map(
    rows.map(([name, id, hasWal, hasDedup, timeColumn]) => [
      String(name),
      { id: Number(id), hasWal: hasWal === true, hasDedup: hasDedup === true, timeColumn },
    ]),
  );
}

async function make(run: RunSql, { name, columns, keys }: Table): Promise<void> {
  const described = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
  await understood(
    run,
    `CREATE TABLE IF NOT EXISTS ${name} (${described.join(', ')}) TIMESTAMP(ts) PARTITION BY DAY WAL DEDUP UPSERT KEYS(${keys.join(', ')})`,
  );
}

/** A statement that this QuestDB must know. */
async function understood(run: RunSql, sql: string): Promise<unknown[][]> {
  try {
    return await run(sql);
  } catch (error) {
    if (!isQuestdbFailure(error, 'refused')) throw error;
    throw questdbFailure(
      'unusable',
      `QuestDB does not do what the copy needs (${error.message}): use version 8 or later, and a user who may create tables`,
    );
  }
}

async function check(run: RunSql, { name, columns, keys }: Table, found: KnownTable): Promise<void> {
  if (!found.hasWal || found.timeColumn !== 'ts') {
    throw unusable(name, found.hasWal ? 'its designated timestamp is not ts' : 'it is not a WAL table');
  }
  const rows = await run(`SELECT "column", type, upsertKey FROM table_columns(${sqlText(name)})`);
  const types = new Map(rows.map(([column, type]) => [String(column), String(type)]));
  for (const [column, type] of Object.entries(columns)) {
    const there = types.get(column);
    if (there === undefined) await run(`ALTER TABLE ${name} ADD COLUMN IF NOT EXISTS ${column} ${type}`);
    else if (there !== type) throw unusable(name, `its column ${column} is ${there}, not ${type}`);
  }
  const upsertKeys = rows.filter(([, , isKey]) => isKey === true).map(([column]) => String(column));
  const isKeyed = upsertKeys.length === keys.length && keys.every((key) => upsertKeys.includes(key));
  if (!found.hasDedup || !isKeyed) {
    await run(`ALTER TABLE ${name} DEDUP ENABLE UPSERT KEYS(${keys.join(', ')})`);
  }
}

const unusable = (table: string, why: string) =>
  questdbFailure(
    'unusable',
    `table ${table} of QuestDB cannot be used: ${why}; rename or drop it, and it is made anew and filled from the journal`,
  );
