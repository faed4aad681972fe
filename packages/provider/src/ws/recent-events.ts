import type { Envelope } from '@inspector/contract';

/** This many `INSPECTOR_*` events are kept for resuming; an older `afterSeq` is served from the audit trail instead. */
export const RECENT_EVENTS_LIMIT = 4096;

/**
 * The latest `INSPECTOR_*` events that belong to an audit record, in order of `seq`. A resume ends here, without waiting,
 * so that between the last replayed event and the first live one nothing can slip through.
 */
export interface RecentEvents {
  add(envelope: Envelope): void;
  /** Every event after this seq is here; Infinity before the first. */
  coveredFrom(): number;
  /** True when every event after `seq` up to the newest is here. */
  covers(seq: number): boolean;
  after(seq: number): Envelope[];
  /** Of the newest event; -1 before the first. */
  lastSeq(): number;
}

export function createRecentEvents(limit = RECENT_EVENTS_LIMIT): RecentEvents {
  let events: Envelope[] = [];
  /** Every event after this seq is here. */
  let coveredFrom = Number.POSITIVE_INFINITY;
  let newest = -1;

  return {
    add(envelope) {
      const seq = envelope.seq ?? -1;
      // A smaller seq is another journal's: the Inspector began anew, what is kept belongs to nothing any more.
      if (seq < newest) {
        events = [];
        coveredFrom = Number.POSITIVE_INFINITY;
      }
      if (coveredFrom === Number.POSITIVE_INFINITY) coveredFrom = seq - 1;
      newest = seq;
      events.push(envelope);
      // Cut in bulk: shifting an array of this size for every event would cost more than the event.
      if (events.length >= 2 * limit) {
        coveredFrom = events[limit - 1]?.seq ?? coveredFrom;
        events = events.slice(limit);
      }
    },
    coveredFrom: () => coveredFrom,
    covers: (seq) => seq >= coveredFrom,
    after: (seq) => events.filter((event) => (event.seq ?? -1) > seq),
    lastSeq: () => newest,
  };
}
