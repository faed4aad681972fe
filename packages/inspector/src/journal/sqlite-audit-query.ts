import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditRecord } from '@inspector/contract';
import { type AuditBlock, BLOCK_RECORDS, blockFields, blockMayHold, blockOf } from './audit-blocks.ts';
import type { AuditFilter } from './journal.ts';

/** Blocks that are only looked at, not opened, between two breaks: some 0.2 ms. */
const BLOCKS_PER_SLICE = 32;
/** Statements kept; one per combination of filters that was asked for. Past it the oldest is made again when needed. */
const STATEMENTS_KEPT = 64;

const columnFilters = [...blockFields, 'from', 'to'] as const;
const comparisons: Record<(typeof columnFilters)[number], string> = {
  kind: 'kind = ?',
  code: 'code = ?',
  symbol: 'symbol = ?',
  accountKey: 'accountKey = ?',
  positionId: 'positionId = ?',
  traceId: 'traceId = ?',
  from: 'ts >= ?',
  to: 'ts <= ?',
};

export interface AuditSearch {
  /** Records that pass, newest first, among those stored when it was called. */
  run(filter: AuditFilter, bounds: { firstSeq: number; lastSeq: number }): Promise<AuditRecord[]>;
}

/** Walks the blocks from the newest down, opens those that can hold a hit, and lets other work go on between them. */
export function createAuditSearch(database: DatabaseSync): AuditSearch {
  const blockRow = database.prepare('SELECT firstTs, lastTs, keys FROM audit_blocks WHERE block = ?');
  const statements = new Map<string, StatementSync>();

  function statementFor(filter: AuditFilter): StatementSync {
    const where = columnFilters.filter((name) => filter[name] !== undefined).map((name) => comparisons[name]);
    const sql = `SELECT body FROM audit WHERE ${['seq BETWEEN ? AND ?', ...where].join(' AND ')} ORDER BY seq DESC LIMIT ?`;
    let statement = statements.get(sql);
    if (!statement) {
      if (statements.size >= STATEMENTS_KEPT) statements.delete(statements.keys().next().value!);
      statement = database.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  }

  function mayHold(block: number, filter: AuditFilter): boolean {
    const row = blockRow.get(block);
    return row === undefined || blockMayHold(asBlock(block, row), filter); // no row yet: the newest block is open
  }

  return {
    async run(filter, bounds) {
      const statement = statementFor(filter);
      const values = columnFilters.map((name) => filter[name]).filter((value) => value !== undefined);
      const lowest = Math.max(bounds.firstSeq, (filter.afterSeq ?? 0) + 1);
      const found: AuditRecord[] = [];
      let looks = 0;
      for (let block = blockOf(bounds.lastSeq); block >= blockOf(lowest) && found.length < filter.limit; block--) {
        if (++looks % BLOCKS_PER_SLICE === 0) await nextTurn();
        if (!mayHold(block, filter)) continue;
        const from = Math.max(lowest, block * BLOCK_RECORDS + 1);
        const to = Math.min(bounds.lastSeq, (block + 1) * BLOCK_RECORDS);
        for (const row of statement.all(from, to, ...values, filter.limit - found.length)) {
          found.push(JSON.parse(row.body as string) as AuditRecord);
        }
        if (found.length < filter.limit) await nextTurn();
      }
      return found;
    },
  };
}

function asBlock(block: number, row: Record<string, unknown>): AuditBlock {
  const bytes = row.keys as Uint8Array;
  const whole = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  return {
    block,
    firstTs: row.firstTs as number,
    lastTs: row.lastTs as number,
    keys: new Uint32Array(whole.buffer, whole.byteOffset, whole.byteLength / 4),
  };
}
