import type { AuditRecord } from '@inspector/contract';
import type { ReadableStore } from '#stores/store.ts';

/** Records kept in the page; older ones leave it and are read over REST when somebody looks for them. */
export const TRAIL_RECORDS = 5_000;

/** How often those who show the trail hear of it: a thousand records a second are ten pictures. */
export const TRAIL_NOTICE_MS = 100;

/** The newest part of the audit trail, without a hole. */
export interface TrailPicture {
  /** In their order: the newest is the last. The array is another one whenever it changed. */
  records: readonly AuditRecord[];
  /** Sequence of the newest record; 0 before the first. */
  lastSeq: number;
  /** Records that came while the page was away too long, and that it did not read. */
  skipped: { fromSeq: number; toSeq: number } | null;
}

export interface AuditTrail extends ReadableStore<TrailPicture> {
  /** Newest record taken, whether it was shown yet or not. */
  lastSeq(): number;
  /** Adds what follows, in order. What is known already is left out; after a hole only the part behind it is kept. */
  append(records: readonly AuditRecord[]): void;
  /** Begins anew: the journal itself did. */
  reset(): void;
  /** Hears each record once, in order, also those that leave the page at once. */
  onRecords(listener: (records: readonly AuditRecord[]) => void): () => void;
}

const empty: TrailPicture = { records: [], lastSeq: 0, skipped: null };

export function createAuditTrail(
  limit = TRAIL_RECORDS,
  later: (run: () => void) => void = (run) => void setTimeout(run, TRAIL_NOTICE_MS),
): AuditTrail {
  const listeners = new Set<() => void>();
  const readers = new Set<(records: readonly AuditRecord[]) => void>();
  let picture = empty;
  let waiting: AuditRecord[] = [];
  let skipped = picture.skipped;
  let last = 0;
  let noticed = true;

  function notice(): void {
    noticed = true;
    const records = [...picture.records, ...waiting].slice(-limit);
    waiting = [];
    picture = { records, lastSeq: last, skipped };
    for (const listener of listeners) listener();
  }

  function noticeLater(): void {
    if (!noticed) return;
    noticed = false;
    later(notice);
  }

  return {
    get: () => picture,
    lastSeq: () => last,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onRecords(listener) {
      readers.add(listener);
      return () => readers.delete(listener);
    },
    append(records) {
      const fresh = records.filter(({ seq }) => seq > last);
      const first = fresh[0];
      if (first === undefined) return;
      if (last > 0 && first.seq > last + 1) {
        skipped = { fromSeq: last + 1, toSeq: first.seq - 1 };
        picture = { ...picture, records: [] };
        waiting = [];
      }
      last = fresh.at(-1)?.seq ?? last;
      waiting.push(...fresh);
      if (waiting.length > limit) waiting = waiting.slice(-limit);
      for (const reader of readers) reader(fresh);
      noticeLater();
    },
    reset() {
      last = 0;
      skipped = null;
      waiting = [];
      picture = empty;
      noticeLater();
    },
  };
}
