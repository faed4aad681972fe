/**
 * A coarse index over the audit trail. Records are grouped in blocks by `seq`, and a block keeps the hashes of all
 * values that occur in it; a search opens only blocks that can hold what it asks for.
 *
 * Why not an index per column: trace ids come in no order, so a B-tree touches a page for nearly every record, and
 * durable inserts fall to a fifth. A block costs one row per 1,024 records, always at the end of its table.
 */
import type { AuditRecord } from '@inspector/contract';
import type { AuditFilter } from './journal.ts';

export const BLOCK_RECORDS = 1024;

/** The fields that a search can name by value. */
export const blockFields = ['kind', 'code', 'symbol', 'accountKey', 'positionId', 'traceId'] as const;

export interface AuditBlock {
  /** Block b holds `seq` from b × 1024 + 1. */
  block: number;
  firstTs: number;
  lastTs: number;
  /** Sorted hashes of every `field, value` in the block. */
  keys: Uint32Array;
}

export function blockOf(seq: number): number {
  return Math.floor((seq - 1) / BLOCK_RECORDS);
}

/** FNV-1a over the field and its value. A collision costs one needless look into a block, nothing else. */
function keyOf(field: string, value: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < field.length; i++) hash = Math.imul(hash ^ field.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ 0xffff, 0x01000193);
  for (let i = 0; i < value.length; i++) hash = Math.imul(hash ^ value.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Collects records in order and seals a block with its last record. */
export interface BlockBuilder {
  /** The block that this record completed, else undefined. */
  add(record: AuditRecord): AuditBlock | undefined;
}

export function createBlockBuilder(): BlockBuilder {
  const values = blockFields.map(() => new Set<string>());
  let firstTs = Number.POSITIVE_INFINITY;
  let lastTs = Number.NEGATIVE_INFINITY;

  function seal(block: number): AuditBlock {
    const keys: number[] = [];
    for (const [index, field] of blockFields.entries()) {
      for (const value of values[index]!) keys.push(keyOf(field, value));
      values[index]!.clear();
    }
    const sealed = { block, firstTs, lastTs, keys: Uint32Array.from(keys).sort() };
    firstTs = Number.POSITIVE_INFINITY;
    lastTs = Number.NEGATIVE_INFINITY;
    return sealed;
  }

  return {
    add(record) {
      for (let i = 0; i < blockFields.length; i++) {
        const value = record[blockFields[i]!];
        if (value !== undefined) values[i]!.add(value);
      }
      if (record.ts < firstTs) firstTs = record.ts;
      if (record.ts > lastTs) lastTs = record.ts;
      return record.seq % BLOCK_RECORDS === 0 ? seal(blockOf(record.seq)) : undefined;
    },
  };
}

/** Whether a record that passes `filter` can be in the block. */
export function blockMayHold(block: AuditBlock, filter: AuditFilter): boolean {
  if (filter.from !== undefined && block.lastTs < filter.from) return false;
  if (filter.to !== undefined && block.firstTs > filter.to) return false;
  for (const field of blockFields) {
    const value = filter[field];
    if (value !== undefined && !contains(block.keys, keyOf(field, value))) return false;
  }
  return true;
}

function contains(sorted: Uint32Array, key: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === key;
}
