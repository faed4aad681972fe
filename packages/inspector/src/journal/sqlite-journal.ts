import { join } from 'node:path';
import { backup, DatabaseSync, type StatementSync } from 'node:sqlite';
import type { AuditRecord } from '@inspector/contract';
import { type AuditBlock, BLOCK_RECORDS, createBlockBuilder } from './audit-blocks.ts';
import { DATABASE_FILE, prepareDirectory } from './data-directory.ts';
import { lockDirectory } from './directory-lock.ts';
import { decodeInputs } from './input-decoder.ts';
import type { CommitBatch, Durability, Journal } from './journal.ts';
import { JournalError, journalErrorOf } from './journal-error.ts';
import { createAuditSearch } from './sqlite-audit-query.ts';
import { createRetention, usedBytes } from './sqlite-retention.ts';
import { BUSY_TIMEOUT_MS, configureWriter, createSchema } from './sqlite-schema.ts';

/** Records per INSERT: binding is most of an insert's cost, and one statement for 64 rows saves a quarter of it. */
const ROWS_PER_INSERT = 64;
/** Records read at a time by `auditLines`. */
const LINES_PER_READ = 512;
const SNAPSHOTS_KEPT = 2;
/** Pages copied between two commits of the runner: 8 MB, some 10 ms. */
const PAGES_PER_COPY_SLICE = 1000;
/** Up to this size the whole file is checked at start (some 0.1 s); a larger one by its ends and by the replay. */
const QUICK_CHECK_BYTES = 32 * 1024 * 1024;

export interface SqliteJournalConfig {
  directory: string;
  appKey: string;
  /** Pages that the database may have, to try what a full disk does; unlimited by default. */
  maxPages?: number;
}

export interface SqliteJournal extends Journal {
  /** Writes the whole store as it is into a new file, while commits go on between its slices. */
  copyTo(file: string): Promise<void>;
}

/**
 * Opens a data directory, creating it when it is new, and holds it until `close`.
 * Throws JournalError DATA_DIR_HELD, _FOREIGN, _CORRUPT, _NEWER or _UNWRITABLE; the directory is then as it was.
 */
export function openSqliteJournal(config: SqliteJournalConfig): SqliteJournal {
  const { isNew } = prepareDirectory(config.directory);
  const lock = lockDirectory(config.directory);
  const file = join(config.directory, DATABASE_FILE);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    if (isNew) createSchema(database);
    configureWriter(database);
    if (config.maxPages) database.exec(`PRAGMA max_page_count = ${config.maxPages}`);
    checkContents(database, config);
    return createJournal(database, () => lock.release());
  } catch (error) {
    database?.close();
    lock.release();
    throw journalErrorOf(error, `opening ${file}`);
  }
}

function checkContents(database: DatabaseSync, config: SqliteJournalConfig): void {
  if (usedBytes(database) <= QUICK_CHECK_BYTES) {
    const [result] = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {});
    if (result !== 'ok') throw new JournalError('DATA_DIR_CORRUPT', `${config.directory}: ${result}`);
  }
  const owner = database.prepare(`SELECT value FROM meta WHERE key = 'appKey'`).get()?.value;
  if (owner === undefined) {
    database.prepare(`INSERT INTO meta VALUES ('appKey', ?)`).run(config.appKey);
  } else if (owner !== config.appKey) {
    throw new JournalError(
      'DATA_DIR_FOREIGN',
      `data directory ${config.directory} belongs to the Inspector ${owner}, this one is ${config.appKey}`,
    );
  }
}

function createJournal(database: DatabaseSync, release: () => void): SqliteJournal {
  const recordWriter = createRecordWriter(database);
  const search = createAuditSearch(database);
  const retention = createRetention(database);
  const insertInputs = database.prepare('INSERT INTO inputs (first, last, ts, batch) VALUES (?, ?, ?, ?)');
  const insertSnapshot = database.prepare('INSERT OR REPLACE INTO snapshots (input, seq, state) VALUES (?, ?, ?)');
  const dropSnapshots = database.prepare(
    `DELETE FROM snapshots WHERE input NOT IN (SELECT input FROM snapshots ORDER BY input DESC LIMIT ${SNAPSHOTS_KEPT})`,
  );
  const readLines = database.prepare(
    'SELECT seq, body FROM audit_lines WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?',
  );
  const readMetaRow = database.prepare('SELECT value FROM meta WHERE key = ?');
  const writeMetaRow = database.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)');
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const ends = readEnds(database);
  let synchronous: Durability = 'full';
  let isOpen = true;

  /**
   * In WAL mode NORMAL writes a commit's pages to the log without flushing it, FULL flushes the whole log file; so one
   * FULL commit makes every NORMAL one before it durable. NORMAL and not OFF, because only OFF would also skip
   * the flushes around a checkpoint, and a power loss could then break the database.
   */
  function useDurability(durability: Durability): void {
    if (durability === synchronous) return;
    database.exec(`PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`);
    synchronous = durability;
  }

  /** All of `write` or nothing, whatever fails. */
  function transact(doing: string, durability: Durability, write: () => void): void {
    try {
      useDurability(durability);
      begin.run();
      write();
      commit.run();
    } catch (error) {
      // SQLite has already rolled back after a full disk or a failed write, not after every other error.
      if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
      throw journalErrorOf(error, doing);
    }
  }

  return {
    get lastInput() {
      return ends.lastInput;
    },
    get lastSeq() {
      return ends.lastSeq;
    },
    get firstSeq() {
      return ends.firstSeq;
    },
    commit(batch, durability) {
      checkFollows(batch, ends);
      transact('storing a batch', durability, () => {
        if (batch.inputCount > 0) {
          insertInputs.run(
            batch.firstInput,
            batch.firstInput + batch.inputCount - 1,
            Math.floor(batch.now),
            batch.inputs,
          );
        }
        recordWriter.write(batch.records, batch.lines);
        for (const key in batch.meta) writeMetaRow.run(key, batch.meta[key]!);
      });
      ends.lastInput += batch.inputCount;
      ends.lastSeq += batch.records.length;
      recordWriter.stored(batch.records);
    },
    saveSnapshot(snapshot) {
      transact('storing a snapshot', 'full', () => {
        insertSnapshot.run(snapshot.input, snapshot.seq, JSON.stringify(snapshot.state));
        dropSnapshots.run();
      });
    },
    snapshots() {
      const rows = database.prepare('SELECT input, seq, state FROM snapshots ORDER BY input DESC').all();
      return rows.map((row) => ({
        input: row.input as number,
        seq: row.seq as number,
        state: parsedState(row.state as string),
      }));
    },
    readInputs(after, visit) {
      const rows = database.prepare('SELECT first, last, batch FROM inputs WHERE last > ? ORDER BY first');
      for (const row of rows.iterate(after)) {
        let number = row.first as number;
        decodeInputs(row.batch as Uint8Array, (input) => {
          if (number > after) visit(input, number);
          number++;
        });
        if (number !== (row.last as number) + 1) {
          throw new JournalError(
            'DATA_DIR_CORRUPT',
            `inputs ${row.first} to ${row.last} are stored as ${number - (row.first as number)}`,
          );
        }
      }
    },
    *auditLines(fromSeq, toSeq) {
      let next = fromSeq;
      while (next <= toSeq) {
        const rows = readLines.all(next, toSeq, LINES_PER_READ);
        for (const row of rows) yield row.body as string;
        if (rows.length < LINES_PER_READ) return;
        next = (rows[rows.length - 1]!.seq as number) + 1;
      }
    },
    queryAudit: (filter) => search.run(filter, { firstSeq: ends.firstSeq, lastSeq: ends.lastSeq }),
    nextEpoch() {
      const epoch = Number(readMetaRow.get('epoch')?.value ?? 0) + 1;
      transact('counting the start', 'full', () => writeMetaRow.run('epoch', String(epoch)));
      return epoch;
    },
    readMeta: (key) => readMetaRow.get(key)?.value as string | undefined,
    writeMeta(key, value, durability = 'full') {
      transact(`storing ${key}`, durability, () => writeMetaRow.run(key, value));
    },
    retain(limits, now) {
      try {
        useDurability('lazy'); // a deletion that a power loss undoes is simply done again
        const result = retention.round(limits, now);
        ends.firstSeq += result.records;
        return result;
      } catch (error) {
        throw journalErrorOf(error, 'deleting what retention no longer keeps');
      }
    },
    sizeBytes: () => usedBytes(database),
    async copyTo(file) {
      await backup(database, file, { rate: PAGES_PER_COPY_SLICE });
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      database.close();
      release();
    },
  };
}

function parsedState(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new JournalError('DATA_DIR_CORRUPT', 'a stored snapshot cannot be read', error);
  }
}

interface Ends {
  lastInput: number;
  firstSeq: number;
  lastSeq: number;
}

function readEnds(database: DatabaseSync): Ends {
  const snapshot = database.prepare('SELECT max(input) AS input, max(seq) AS seq FROM snapshots').get();
  const inputs = database.prepare('SELECT max(first) AS first, last FROM inputs').get();
  const first = database.prepare('SELECT min(seq) AS seq FROM audit_lines').get()?.seq as number | null;
  const last = database.prepare('SELECT max(seq) AS seq FROM audit_lines').get()?.seq as number | null;
  const lastSeq = last ?? (snapshot?.seq as number | null) ?? 0;
  return {
    lastInput: Math.max((inputs?.last as number | null) ?? 0, (snapshot?.input as number | null) ?? 0),
    firstSeq: first ?? lastSeq + 1,
    lastSeq,
  };
}

/** A batch that does not continue what is stored is a bug of the caller and must not become a hole on disk. */
function checkFollows(batch: CommitBatch, ends: Ends): void {
  const firstSeq = batch.records[0]?.seq ?? ends.lastSeq + 1;
  if (batch.firstInput === ends.lastInput + 1 && firstSeq === ends.lastSeq + 1) return;
  throw new Error(
    `a batch from input ${batch.firstInput} and record ${firstSeq} does not follow input ${ends.lastInput} and record ${ends.lastSeq}`,
  );
}

interface RecordWriter {
  /** Within the transaction of the caller. `lines` are the records as JSON, where they have been made already. */
  write(records: readonly AuditRecord[], lines?: readonly string[]): void;
  /** After the transaction has been committed. */
  stored(records: readonly AuditRecord[]): void;
}

function createRecordWriter(database: DatabaseSync): RecordWriter {
  const rows = (count: number) =>
    database.prepare(`INSERT INTO audit_lines (seq, body) VALUES ${new Array(count).fill('(?, ?)').join(', ')}`);
  const insertMany = rows(ROWS_PER_INSERT);
  const insertOne = rows(1);
  const insertBlock = database.prepare(
    'INSERT OR REPLACE INTO audit_blocks (block, firstTs, lastTs, keys) VALUES (?, ?, ?, ?)',
  );
  const values = new Array<number | string>(2 * ROWS_PER_INSERT);
  const blocks = createBlockBuilder();
  /** Sealed after their last record was committed; stored with the next batch. Until then a search reads the block itself. */
  let sealed: AuditBlock[] = [];

  function stored(records: readonly AuditRecord[]): void {
    sealed = [];
    for (const record of records) addToBlocks(record);
  }

  function addToBlocks(record: AuditRecord): void {
    const block = blocks.add(record);
    if (block) sealed.push(block);
  }

  resumeBlocks(database, addToBlocks);
  return {
    write(records, lines) {
      const lineOf = (index: number) => lines?.[index] ?? JSON.stringify(records[index]);
      let at = 0;
      for (; at + ROWS_PER_INSERT <= records.length; at += ROWS_PER_INSERT) {
        for (let i = 0; i < ROWS_PER_INSERT; i++) {
          values[2 * i] = records[at + i]!.seq;
          values[2 * i + 1] = lineOf(at + i);
        }
        insertMany.run(...values);
      }
      for (; at < records.length; at++) insertOne.run(records[at]!.seq, lineOf(at));
      for (const block of sealed) storeBlock(insertBlock, block);
    },
    stored,
  };
}

function storeBlock(insert: StatementSync, block: AuditBlock): void {
  const bytes = new Uint8Array(block.keys.buffer, block.keys.byteOffset, block.keys.byteLength);
  insert.run(block.block, Math.floor(block.firstTs), Math.ceil(block.lastTs), bytes);
}

/** Reads the records behind the last stored block again: those of the open block and of the last batch, no more. */
function resumeBlocks(database: DatabaseSync, add: (record: AuditRecord) => void): void {
  const last = database.prepare('SELECT max(block) AS block FROM audit_blocks').get()?.block as number | null;
  const from = last === null ? 1 : (last + 1) * BLOCK_RECORDS + 1;
  for (const row of database.prepare('SELECT body FROM audit_lines WHERE seq >= ? ORDER BY seq').iterate(from)) {
    add(JSON.parse(row.body as string) as AuditRecord);
  }
}
