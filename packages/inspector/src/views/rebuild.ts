import type { AuditRecord } from '@inspector/contract';
import type { Journal } from '../journal/journal.ts';
import { INCIDENTS_LIMIT, REBUILD_RECORDS, REBUILD_TRADES } from './bounds.ts';
import { createViews, type Views } from './views.ts';

/**
 * Views as of the newest stored record: incidents from as far back as they are kept, the last trades, and everything else from
 * the last `REBUILD_RECORDS`.
 */
export async function rebuildViews(journal: Journal, records = REBUILD_RECORDS): Promise<Views> {
  const from = Math.max(journal.firstSeq, journal.lastSeq - records + 1);
  const views = createViews(from - 1);
  if (from > journal.firstSeq) {
    for (const record of await olderOf(journal, 'POSITION_CLOSED', { from, limit: REBUILD_TRADES }))
      views.trades.apply(record);
    for (const record of await olderOf(journal, 'KILL_SWITCH', { from, limit: INCIDENTS_LIMIT }))
      views.incidents.apply(record);
  }
  catchUp(views, journal, journal.lastSeq);
  return views;
}

/** Folds in the stored records up to `toSeq` that the views do not have yet. */
export function catchUp(views: Views, journal: Pick<Journal, 'auditLines'>, toSeq: number): void {
  for (const line of journal.auditLines(views.lastSeq + 1, toSeq)) views.apply(JSON.parse(line) as AuditRecord);
}

/** Records of a kind before `from`, in their order. */
async function olderOf(journal: Journal, kind: string, { from, limit }: { from: number; limit: number }) {
  const newestFirst = await journal.queryAudit({ kind, limit });
  return newestFirst.filter((record) => record.seq < from).reverse();
}
