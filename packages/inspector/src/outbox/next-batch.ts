import type { AuditRecord } from '@inspector/contract';
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../runner/clock.ts';
import { recordRows } from './record-rows.ts';

/** Records of a batch at most: enough that a request costs little per record, few enough to be searched for a bad one. */
const BATCH_RECORDS = 2_000;
/** Bytes after which a batch is full; it is exceeded by one read at most. */
const BATCH_BYTES = 1024 * 1024;
/** Records that are read at a time: some 0.2 ms. */
const READ_RECORDS = 64;
/** So long records are put into rows before other work goes on. */
const SLICE_MS = 1;

/** One record as QuestDB takes it. */
export interface Piece {
  text: string;
  /** What it was made from, for whoever looks at what was refused. */
  source: string;
  seq: number;
}

export interface Refusal {
  source: string;
  seq: number;
  reason: string;
}

/** What is sent in one request; the same bytes until they are confirmed. */
export interface Batch {
  pieces: readonly Piece[];
  body: Buffer;
  /** The cursor, once it is confirmed. */
  lastSeq: number;
  /** Records that QuestDB has no place for, by their own values. */
  unfit: readonly Refusal[];
  /** Records that retention deleted before they were read. */
  deleted: number;
  /** How often QuestDB has answered 500 to it. */
  serverErrors: number;
}

export interface BatchSource {
  journal: Pick<Journal, 'auditLines' | 'firstSeq' | 'lastSeq'>;
  appKey: string;
  clock: Clock;
}

/** The records after `cursor`, in slices between which other work goes on; undefined when there is none. */
export async function nextBatch({ journal, appKey, clock }: BatchSource, cursor: number): Promise<Batch | undefined> {
  if (journal.lastSeq <= cursor) return undefined;
  const pieces: Piece[] = [];
  const unfit: Refusal[] = [];
  const chunks: Buffer[] = [];
  let bytes = 0;
  let seen = cursor;
  let deleted = 0;
  while (pieces.length + unfit.length < BATCH_RECORDS && bytes < BATCH_BYTES && seen < journal.lastSeq) {
    const from = Math.max(seen + 1, journal.firstSeq);
    const lines = [...journal.auditLines(from, from + READ_RECORDS - 1)];
    if (from > journal.lastSeq) {
      deleted += journal.lastSeq - seen;
      seen = journal.lastSeq; // retention has left nothing
    } else if (lines.length === 0) {
      throw new Error(`the journal does not give record ${from}`);
    }
    let text = '';
    let sliceEnds = clock.elapsedMs() + SLICE_MS;
    for (const line of lines) {
      const record = JSON.parse(line) as AuditRecord;
      deleted += record.seq - seen - 1;
      seen = record.seq;
      const rows = recordRows(record, line, appKey);
      if (rows.kind === 'unfit') {
        unfit.push({ source: line, seq: record.seq, reason: rows.reason });
      } else {
        pieces.push({ text: rows.text, source: line, seq: record.seq });
        text += rows.text;
      }
      if (clock.elapsedMs() < sliceEnds) continue;
      await nextTurn(clock);
      sliceEnds = clock.elapsedMs() + SLICE_MS;
    }
    const chunk = Buffer.from(text);
    chunks.push(chunk);
    bytes += chunk.length;
    await nextTurn(clock);
  }
  return { pieces, body: Buffer.concat(chunks, bytes), lastSeq: seen, unfit, deleted, serverErrors: 0 };
}

const nextTurn = (clock: Clock): Promise<void> => new Promise((resolve) => clock.endOfTurn(resolve));
