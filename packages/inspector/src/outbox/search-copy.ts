import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditRecord } from '@inspector/contract';
import type { AuditFilter } from '../journal/journal.ts';
import type { RunSql } from './prepare-tables.ts';
import { sqlText } from './sql-text.ts';
import { storedColumns, storedRecord } from './stored-record.ts';
import { auditTable } from './tables.ts';

/** Rows of one answer: reading it holds other work up for a few milliseconds. */
const PAGE_ROWS = 250;

const byValue = {
  kind: 'kind',
  code: 'code',
  symbol: 'symbol',
  accountKey: 'account_key',
  positionId: 'position_id',
  traceId: 'trace_id',
} as const satisfies Partial<Record<keyof AuditFilter, keyof typeof auditTable.columns>>;

/**
 * Records of `appKey` in QuestDB that pass, newest first, at most `filter.limit`; as `Journal.queryAudit` finds them.
 * QuestDB would sort all hits for the newest few. So it is asked how many there are and between which numbers, and then
 * for stretches of numbers that hold about a page of them each.
 */
export async function searchCopy(run: RunSql, appKey: string, filter: AuditFilter): Promise<AuditRecord[]> {
  const where = conditionsOf(appKey, filter);
  const [summary = []] = await run(`SELECT count(), min(seq), max(seq) FROM ${auditTable.name} WHERE ${where}`);
  const [hits, lowest, highest] = summary.map(Number) as [number, number, number];
  if (!(hits > 0)) return [];
  const found: AuditRecord[] = [];
  let stretch = Math.ceil(((highest - lowest + 1) / hits) * PAGE_ROWS);
  let below = highest + 1;
  while (found.length < filter.limit && below > lowest) {
    const wanted = Math.min(PAGE_ROWS, filter.limit - found.length);
    const from = Math.max(lowest, below - stretch);
    const rows = await run(
      `SELECT ${storedColumns} FROM ${auditTable.name} WHERE ${where} AND seq >= ${from} AND seq < ${below} ORDER BY seq DESC, epoch DESC, ts DESC LIMIT ${wanted}`,
    );
    for (const row of rows) {
      const seq = row[1] as number;
      // Of an earlier life of this Inspector there may be another record of the same number: the later epoch holds.
      if (seq >= below) continue;
      below = seq;
      found.push(storedRecord(row));
    }
    if (rows.length < wanted) {
      below = from;
      stretch *= 2;
    }
    await nextTurn();
  }
  return found;
}

function conditionsOf(appKey: string, filter: AuditFilter): string {
  const where = [`app_key = ${sqlText(appKey)}`];
  for (const [field, column] of Object.entries(byValue) as [keyof typeof byValue, string][]) {
    const value = filter[field];
    if (value !== undefined) where.push(`${column} = ${sqlText(value)}`);
  }
  if (filter.from !== undefined) where.push(`ts >= ${timeLiteral(filter.from)}`);
  if (filter.to !== undefined) where.push(`ts <= ${timeLiteral(filter.to)}`);
  if (filter.afterSeq !== undefined) where.push(`seq > ${wholeLiteral(filter.afterSeq)}`);
  return where.join(' AND ');
}

/** Beyond all times and numbers that are stored, and below 2^63, where QuestDB's numbers end. */
const LARGEST = 9e18;

const wholeLiteral = (value: number): string => String(Math.trunc(Math.min(Math.max(value, 0), LARGEST)));

/** Microseconds; a boundary between two of them is rounded as the stored times are. */
const timeLiteral = (timeMs: number): string => wholeLiteral(Math.round(Math.min(timeMs, LARGEST / 1000) * 1000));
