import { isDeepStrictEqual } from 'node:util';
import type { AuditRecord } from '@inspector/contract';
import type { Journal } from '../journal/journal.ts';
import { microsOf } from './line-protocol.ts';
import type { RunSql } from './prepare-tables.ts';
import { sqlText } from './sql-text.ts';
import { storedColumns, storedRecord } from './stored-record.ts';
import { auditTable, decisionsTable, positionsTable } from './tables.ts';

/** Records compared word by word before it is believed that a stretch is ours. */
const COMPARED = 16;

export interface CopiedRecords {
  run: RunSql;
  appKey: string;
  journal: Pick<Journal, 'auditLines'>;
}

type Range = { after: number; to: number };

const rangeSql = ({ after, to }: Range, appKey: string) =>
  `app_key = ${sqlText(appKey)} AND seq > ${after} AND seq <= ${to}`;

async function numberOf(run: RunSql, sql: string): Promise<number> {
  return Number((await run(sql))[0]?.[0] ?? 0);
}

/** The number of the newest record up to `seq` that QuestDB shows; 0 when it shows none. */
export async function newestCopied({ run, appKey, journal }: CopiedRecords, seq: number): Promise<number> {
  const [line] = journal.auditLines(seq, seq);
  const micros = line === undefined ? undefined : microsOf((JSON.parse(line) as AuditRecord).ts);
  if (micros !== undefined) {
    // Nearly always it is there, and by its time it is found in one partition.
    const where = `${rangeSql({ after: seq - 1, to: seq }, appKey)} AND ts = ${micros}`;
    if ((await numberOf(run, `SELECT count() FROM ${auditTable.name} WHERE ${where}`)) > 0) return seq;
  }
  return numberOf(run, `SELECT max(seq) FROM ${auditTable.name} WHERE ${rangeSql({ after: 0, to: seq }, appKey)}`);
}

/**
 * Up to which record all after `after` are in QuestDB, as another instance of this Inspector has left them: without a hole,
 * with the rows that are made from them. `isForeign`: there are records of that number, but they are others.
 */
export async function copiedAhead(
  copied: CopiedRecords,
  { after, to }: Range,
): Promise<{ to: number; isForeign: boolean }> {
  let whole = after;
  let beyond = to + 1;
  while (beyond - whole > 1) {
    const middle = whole === after && beyond === to + 1 ? to : Math.floor((whole + beyond) / 2);
    if (await isWhole(copied, { after, to: middle })) whole = middle;
    else beyond = middle;
  }
  if (whole === after) return { to: after, isForeign: false };
  return (await isOurs(copied, { after, to: whole }))
    ? { to: whole, isForeign: false }
    : { to: after, isForeign: true };
}

async function isWhole({ run, appKey }: CopiedRecords, range: Range): Promise<boolean> {
  const where = rangeSql(range, appKey);
  const count = (table: string, also = '') =>
    numberOf(run, `SELECT count_distinct(seq) FROM ${table} WHERE ${where}${also}`);
  if ((await count(auditTable.name)) !== range.to - range.after) return false;
  const decided = await count(auditTable.name, ` AND kind = 'REQUEST_DECIDED'`);
  if ((await count(decisionsTable.name)) !== decided) return false;
  const kinds = `'POSITION_OPENED', 'POSITION_UPDATED', 'POSITION_CLOSED'`;
  return (await count(positionsTable.name)) === (await count(auditTable.name, ` AND kind IN (${kinds})`));
}

/** Some records, the last among them, are compared with the journal's. */
async function isOurs({ run, appKey, journal }: CopiedRecords, { after, to }: Range): Promise<boolean> {
  const step = Math.max(1, Math.floor((to - after) / COMPARED));
  const seqs: number[] = [];
  for (let seq = to; seq > after; seq -= step) seqs.push(seq);
  const where = `app_key = ${sqlText(appKey)} AND seq IN (${seqs.join(', ')})`;
  const rows = await run(`SELECT ${storedColumns} FROM ${auditTable.name} WHERE ${where}`);
  const copies = rows.map(storedRecord);
  return seqs.every((seq) => {
    const [line] = journal.auditLines(seq, seq);
    const record: unknown = line === undefined ? undefined : JSON.parse(line);
    return copies.some((copy) => isDeepStrictEqual(copy, record));
  });
}
