import type { AuditRecord } from '@inspector/contract';
import type { Traces } from '@inspector/service';
import { createAuditSpans } from './audit-spans.ts';

/** Records that wait to become spans; past it further ones make none. A burst of a thousand requests. */
export const RECORDS_WAITING_LIMIT = 5_000;
/** Records of one turn of the event loop, well under a millisecond; the rest waits, so that nothing waits for spans. */
const RECORDS_PER_TURN = 25;

/** Makes spans of durable records, behind the runner's back. */
export interface TraceFollower {
  /** Only puts them in line: never blocks and never throws. */
  follow(records: readonly AuditRecord[]): void;
  /** Makes spans of what waits, at once. */
  stop(): void;
}

export function createTraceFollower(traces: Pick<Traces, 'add' | 'letGo'>): TraceFollower {
  const spans = createAuditSpans((span) => traces.add(span));
  let waiting: AuditRecord[] = [];
  let turn: NodeJS.Immediate | undefined;

  function work(): void {
    turn = undefined;
    for (const record of waiting.splice(0, RECORDS_PER_TURN)) spans.apply(record);
    if (waiting.length > 0) turn = setImmediate(work);
  }

  return {
    follow(records) {
      const taken = records.slice(0, RECORDS_WAITING_LIMIT - waiting.length);
      for (const record of taken) waiting.push(record);
      if (taken.length < records.length) traces.letGo(records.length - taken.length);
      if (waiting.length > 0) turn ??= setImmediate(work);
    },
    stop() {
      if (turn !== undefined) clearImmediate(turn);
      turn = undefined;
      for (const record of waiting) spans.apply(record);
      waiting = [];
    },
  };
}
