import type { AuditKind } from '@inspector/contract';
import type { AuditFold } from './audit-fold.ts';
import { TRACES_LIMIT } from './bounds.ts';
import { createFollowed } from './followed.ts';

/** The records of one cause, in one line. */
interface TraceLine {
  traceId: string;
  count: number;
  firstTs: number;
  lastTs: number;
  /** Each kind once, in the order of their first record. */
  kinds: AuditKind[];
}

export interface Traces extends AuditFold {
  /** The one with the newest record first. */
  latest(count: number): TraceLine[];
}

export function createTraces(): Traces {
  const traces = createFollowed<TraceLine>(TRACES_LIMIT);
  return {
    latest: (count) => traces.newest(count),
    apply({ traceId, ts, kind }) {
      const line = traces.get(traceId) ?? { traceId, count: 0, firstTs: ts, lastTs: ts, kinds: [] };
      line.count += 1;
      line.lastTs = ts;
      if (!line.kinds.includes(kind)) line.kinds.push(kind);
      traces.touch(traceId, line);
    },
  };
}
