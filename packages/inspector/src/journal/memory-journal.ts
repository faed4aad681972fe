import type { AuditRecord } from '@inspector/contract';
import { blockFields } from './audit-blocks.ts';
import { decodeInputs } from './input-decoder.ts';
import type { AuditFilter, Journal, RetentionLimits, RetentionResult, Snapshot } from './journal.ts';

const SNAPSHOTS_KEPT = 2;
const DAY_MS = 86_400_000;
const MB = 1024 * 1024;
/** Deleted at most per round, as in the durable journal. */
const ROUND_COMMITS = 500;
const ROUND_RECORDS = 2000;

interface StoredBatch {
  first: number;
  last: number;
  now: number;
  bytes: Uint8Array;
}

interface StoredRecord {
  seq: number;
  ts: number;
  line: string;
}

/**
 * A journal that ends with the process: for tests, the simulator and runs that keep nothing. Behaves as the durable
 * one does, sharing its contract test; what is stored goes through the same encoding.
 */
export function createMemoryJournal(): Journal {
  let batches: StoredBatch[] = [];
  let records: StoredRecord[] = [];
  let snapshots: Snapshot[] = [];
  const meta = new Map<string, string>();
  let lastInput = 0;
  let lastSeq = 0;

  const inputBytes = () => batches.reduce((sum, batch) => sum + batch.bytes.length, 0);
  const sizeBytes = () => inputBytes() + records.reduce((sum, record) => sum + record.line.length, 0);

  function retain(limits: RetentionLimits, now: number): RetentionResult {
    const kept = snapshots.at(-1);
    if (!kept) return { inputCommits: 0, records: 0, more: false };
    const oldest = limits.days > 0 ? now - limits.days * DAY_MS : Number.NEGATIVE_INFINITY;
    const isFull = limits.maxMb > 0 && sizeBytes() > limits.maxMb * MB;
    const inputCommits = prefixLength(batches.slice(0, ROUND_COMMITS), (batch) => {
      return batch.last <= kept.input && (isFull || batch.now < oldest);
    });
    const mayCut = isFull && inputCommits === 0;
    const cut = prefixLength(records.slice(0, ROUND_RECORDS), (record) => {
      return record.seq <= kept.seq && (mayCut || record.ts < oldest);
    });
    batches = batches.slice(inputCommits);
    records = records.slice(cut);
    return { inputCommits, records: cut, more: inputCommits + cut > 0 };
  }

  return {
    get lastInput() {
      return lastInput;
    },
    get lastSeq() {
      return lastSeq;
    },
    get firstSeq() {
      return records[0]?.seq ?? lastSeq + 1;
    },
    commit(batch) {
      const firstSeq = batch.records[0]?.seq ?? lastSeq + 1;
      if (batch.firstInput !== lastInput + 1 || firstSeq !== lastSeq + 1) {
        throw new Error(`a batch from input ${batch.firstInput} and record ${firstSeq} does not follow`);
      }
      if (batch.inputCount > 0) {
        const last = batch.firstInput + batch.inputCount - 1;
        batches.push({ first: batch.firstInput, last, now: batch.now, bytes: Uint8Array.from(batch.inputs) });
      }
      for (const [index, record] of batch.records.entries()) {
        const line = batch.lines?.[index] ?? JSON.stringify(record);
        records.push({ seq: record.seq, ts: record.ts, line });
      }
      for (const key in batch.meta) meta.set(key, batch.meta[key]!);
      lastInput += batch.inputCount;
      lastSeq += batch.records.length;
    },
    saveSnapshot(snapshot) {
      const copy = JSON.parse(JSON.stringify(snapshot)) as Snapshot;
      const others = snapshots.filter((each) => each.input !== copy.input);
      snapshots = [copy, ...others].sort((a, b) => b.input - a.input).slice(0, SNAPSHOTS_KEPT);
      lastInput = Math.max(lastInput, copy.input);
      lastSeq = Math.max(lastSeq, copy.seq);
    },
    snapshots: () => JSON.parse(JSON.stringify(snapshots)) as Snapshot[],
    readInputs(after, visit) {
      for (const batch of batches) {
        if (batch.last <= after) continue;
        let number = batch.first;
        decodeInputs(batch.bytes, (input) => {
          if (number > after) visit(input, number);
          number++;
        });
      }
    },
    *auditLines(fromSeq, toSeq) {
      for (const record of records) if (record.seq >= fromSeq && record.seq <= toSeq) yield record.line;
    },
    queryAudit(filter) {
      const found: AuditRecord[] = [];
      for (let i = records.length - 1; i >= 0 && found.length < filter.limit; i--) {
        const record = JSON.parse(records[i]!.line) as AuditRecord;
        if (passes(record, filter)) found.push(record);
      }
      return Promise.resolve(found);
    },
    nextEpoch() {
      const epoch = Number(meta.get('epoch') ?? 0) + 1;
      meta.set('epoch', String(epoch));
      return epoch;
    },
    readMeta: (key) => meta.get(key),
    writeMeta(key, value) {
      meta.set(key, value);
    },
    retain,
    sizeBytes,
    close() {},
  };
}

function prefixLength<T>(all: T[], goes: (each: T) => boolean): number {
  const stays = all.findIndex((each) => !goes(each));
  return stays === -1 ? all.length : stays;
}

function passes(record: AuditRecord, filter: AuditFilter): boolean {
  if (filter.afterSeq !== undefined && record.seq <= filter.afterSeq) return false;
  if (filter.from !== undefined && record.ts < filter.from) return false;
  if (filter.to !== undefined && record.ts > filter.to) return false;
  return blockFields.every((field) => filter[field] === undefined || record[field] === filter[field]);
}
