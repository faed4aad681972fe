import type { DatabaseSync } from 'node:sqlite';
import { BLOCK_RECORDS } from './audit-blocks.ts';
import type { RetentionLimits, RetentionResult } from './journal.ts';

/** What one round deletes at most, so that the writer is held up for some milliseconds only. */
const ROUND_INPUT_BYTES = 4 * 1024 * 1024;
const ROUND_INPUT_COMMITS = 500;
const ROUND_RECORDS = 2000;

const DAY_MS = 86_400_000;
const MB = 1024 * 1024;

export interface Retention {
  round(limits: RetentionLimits, now: number): RetentionResult;
}

/**
 * Deletes from the old end only, so that what stays has no gap, and nothing that recovery from the older of the two
 * kept snapshots needs. Inputs go before records: they are the larger part, and the audit is what is asked for.
 * Freed pages are used again; the file does not shrink.
 */
export function createRetention(database: DatabaseSync): Retention {
  const needed = database.prepare('SELECT input, seq FROM snapshots ORDER BY input LIMIT 1');
  const oldInputs = database.prepare(
    `SELECT first, ts, length(batch) AS bytes FROM inputs WHERE last <= ? ORDER BY first LIMIT ${ROUND_INPUT_COMMITS}`,
  );
  const deleteInputs = database.prepare('DELETE FROM inputs WHERE first <= ?');
  const oldRecords = database.prepare(`SELECT seq, ts FROM audit WHERE seq <= ? ORDER BY seq LIMIT ${ROUND_RECORDS}`);
  const deleteRecords = database.prepare('DELETE FROM audit_lines WHERE seq <= ?');
  const deleteBlocks = database.prepare(`DELETE FROM audit_blocks WHERE (block + 1) * ${BLOCK_RECORDS} <= ?`);

  function round(limits: RetentionLimits, now: number): RetentionResult {
    const kept = needed.get() as { input: number; seq: number } | undefined;
    const nothing: RetentionResult = { inputCommits: 0, records: 0, more: false };
    if (!kept) return nothing;
    const oldest = limits.days > 0 ? now - limits.days * DAY_MS : Number.NEGATIVE_INFINITY;
    const isFull = limits.maxMb > 0 && usedBytes(database) > limits.maxMb * MB;

    const inputs = chooseInputs(oldInputs.all(kept.input) as unknown as InputRow[], oldest, isFull);
    const sparesRecords = isFull && inputs.count > 0;
    const records = chooseRecords(oldRecords.all(kept.seq) as unknown as RecordRow[], oldest, isFull && !sparesRecords);
    if (inputs.count === 0 && records.count === 0) return nothing;

    database.exec('BEGIN IMMEDIATE');
    try {
      if (inputs.count > 0) deleteInputs.run(inputs.last);
      if (records.count > 0) {
        deleteRecords.run(records.last);
        deleteBlocks.run(records.last);
      }
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
    return { inputCommits: inputs.count, records: records.count, more: true };
  }

  return { round };
}

interface InputRow {
  first: number;
  ts: number;
  bytes: number;
}

interface RecordRow {
  seq: number;
  ts: number;
}

/** The longest stretch from the old end that may go in this round. */
interface Stretch {
  count: number;
  last: number;
}

function chooseInputs(rows: InputRow[], oldest: number, isFull: boolean): Stretch {
  let bytes = 0;
  let count = 0;
  for (const row of rows) {
    if (bytes >= ROUND_INPUT_BYTES || !(isFull || row.ts < oldest)) break;
    bytes += row.bytes;
    count++;
  }
  return { count, last: rows[count - 1]?.first ?? 0 };
}

function chooseRecords(rows: RecordRow[], oldest: number, isFull: boolean): Stretch {
  let count = 0;
  while (count < rows.length && (isFull || rows[count]!.ts < oldest)) count++;
  return { count, last: rows[count - 1]?.seq ?? 0 };
}

/** Pages in use; freed ones are not counted, because they are written to before the file grows. */
export function usedBytes(database: DatabaseSync): number {
  const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0] as number;
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
}
