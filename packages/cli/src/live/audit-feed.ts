import type { AuditRecord } from '@inspector/contract';

/** How often the trail is looked at. */
const EVERY_MS = 250;
/** Records read in one look; where more came, the next look goes on. */
const READ_LIMIT = 500;
/** Further behind than this the feed jumps to the end and says how many records it passed over: the audit has them all. */
const BEHIND_LIMIT = 5_000;

export interface AuditFeedSource {
  auditAfter(afterSeq: number, limit: number): AuditRecord[];
  lastSeq(): number;
}

export interface AuditFeedReader {
  records(records: readonly AuditRecord[]): void;
  passedOver(count: number): void;
}

/** Follows the audit trail from a record on, beside the runner and never in its way. Answers the way to stop. */
export function followAudit(source: AuditFeedSource, afterSeq: number, reader: AuditFeedReader): () => void {
  let seen = afterSeq;
  const look = (): void => {
    const behind = source.lastSeq() - seen;
    if (behind <= 0) return;
    if (behind > BEHIND_LIMIT) {
      reader.passedOver(behind);
      seen += behind;
      return;
    }
    const records = source.auditAfter(seen, READ_LIMIT);
    seen = records.at(-1)?.seq ?? seen;
    if (records.length > 0) reader.records(records);
  };
  const timer = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(timer);
    look();
  };
}
