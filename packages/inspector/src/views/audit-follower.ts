import type { AuditRecord } from '@inspector/contract';
import type { Journal } from '../journal/journal.ts';
import { catchUp } from './rebuild.ts';
import type { Views } from './views.ts';

/** Keeps views up with the audit stream. */
export interface AuditFollower {
  /** Why the views are behind, while they are. */
  readonly reason: string | undefined;
  /** Takes durable records; never throws. */
  follow(records: readonly AuditRecord[]): void;
}

/** A hole is filled from the store, which has every record that was handed out; until that works the views stand still. */
export function createAuditFollower(views: Views, journal: Pick<Journal, 'auditLines'>): AuditFollower {
  let reason: string | undefined;
  return {
    get reason() {
      return reason;
    },
    follow(records) {
      const newest = records.at(-1);
      if (newest === undefined) return;
      try {
        const [first] = records;
        if (first !== undefined && first.seq > views.lastSeq + 1) catchUp(views, journal, newest.seq);
        for (const record of records) views.apply(record);
        reason = undefined;
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
      }
    },
  };
}
