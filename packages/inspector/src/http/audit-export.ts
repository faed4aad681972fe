import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditRecord } from '@inspector/contract';
import type { AuditFilter, Journal } from '../journal/journal.ts';
import { csvHeader, csvRow } from './audit-csv.ts';

/** Records of one export at most, some 800 MB. A longer trail is taken in parts, by `afterSeq` or time. */
export const RECORDS_PER_EXPORT = 1_000_000;
/** Lines looked at between two breaks, so that the runner waits for a millisecond at most. */
const LINES_PER_SLICE = 128;
/** Handed on at a time. */
const CHUNK_CHARACTERS = 65_536;

export type ExportFormat = 'ndjson' | 'csv';
export type ExportJournal = Pick<Journal, 'auditLines' | 'firstSeq' | 'lastSeq'>;

export interface ExportConfig {
  journal: ExportJournal;
  format: ExportFormat;
  filter: Omit<AuditFilter, 'limit'>;
  limit?: number;
  /** Hears that it goes on: after each slice of lines and each chunk that was taken. */
  onProgress?: () => void;
}

/**
 * The text of all records that pass, oldest first, of those stored when the first chunk is asked for. Reads as far as it is
 * asked for chunks, and lets other work go on meanwhile. More records than `limit` are cut off, which the last line or row
 * says: `EXPORT_CUT`.
 */
export async function* exportChunks(config: ExportConfig): AsyncGenerator<string> {
  const { journal, format, filter, limit = RECORDS_PER_EXPORT, onProgress } = config;
  const matches = lineMatch(filter);
  let chunk = format === 'csv' ? csvHeader : '';
  let lines = 0;
  let records = 0;
  let last = '';
  for (const line of journal.auditLines(firstSeqOf(journal, filter), lastSeqOf(journal, filter))) {
    lines += 1;
    if (lines % LINES_PER_SLICE === 0) {
      await nextTurn();
      onProgress?.();
    }
    if (!matches(line)) continue;
    if (records === limit) {
      yield chunk + cutNote(format, { records, lastSeq: recordOf(last).seq });
      return;
    }
    records += 1;
    last = line;
    chunk += format === 'csv' ? csvRow(recordOf(line)) : `${line}\n`;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    onProgress?.();
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/** What stands after the last record of an export that was cut: where the next one goes on is `afterSeq=lastSeq`. */
function cutNote(format: ExportFormat, data: { records: number; lastSeq: number }): string {
  const message = `Cut after ${data.records} records: go on with afterSeq=${data.lastSeq}.`;
  const note = { kind: 'EXPORT_CUT', message, data };
  return format === 'csv' ? csvRow(note) : `${JSON.stringify(note)}\n`;
}

const recordOf = (line: string) => JSON.parse(line) as AuditRecord;

const valueFields = ['kind', 'code', 'symbol', 'accountKey', 'positionId', 'traceId'] as const;

/** Tests the fields that are named by value. Most lines are told apart by their text, which is ten times faster than to read them. */
function lineMatch(filter: ExportConfig['filter']): (line: string) => boolean {
  const wanted = valueFields.flatMap((field) => {
    const value = filter[field];
    return value === undefined ? [] : [{ field, value, text: `"${field}":${JSON.stringify(value)}` }];
  });
  if (wanted.length === 0) return () => true;
  return (line) => {
    if (!wanted.every(({ text }) => line.includes(text))) return false;
    const record = recordOf(line);
    return wanted.every(({ field, value }) => record[field] === value);
  };
}

/** Times never go back, so where a time begins is found by halving. */
function firstSeqOf(journal: ExportJournal, { from, afterSeq = 0 }: ExportConfig['filter']): number {
  const lowest = Math.max(journal.firstSeq, afterSeq + 1);
  return from === undefined ? lowest : firstWhere(journal, lowest, (ts) => ts >= from);
}

function lastSeqOf(journal: ExportJournal, { to }: ExportConfig['filter']): number {
  return to === undefined ? journal.lastSeq : firstWhere(journal, journal.firstSeq, (ts) => ts > to) - 1;
}

/** The first `seq` from `lowest` on whose time `isThere`; past the newest when there is none. */
function firstWhere(journal: ExportJournal, lowest: number, isThere: (ts: number) => boolean): number {
  let low = lowest;
  let high = journal.lastSeq + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [line] = journal.auditLines(middle, middle);
    // One that retention has deleted meanwhile is earlier than whatever is looked for.
    if (line !== undefined && isThere(recordOf(line).ts)) high = middle;
    else low = middle + 1;
  }
  return low;
}
