import type { AuditFold } from './audit-fold.ts';
import { REQUESTS_LIMIT } from './bounds.ts';
import { createFollowed } from './followed.ts';

/** A decided request, and how often it came again and was answered with this decision. */
interface DecidedRequest {
  requestId: string;
  ts: number;
  code: string;
  duplicates: number;
}

/** Requests by id. Checks are left out: they do not count as decided. */
export interface Requests extends AuditFold {
  /** Newest decision first. */
  latest(count: number): DecidedRequest[];
}

export function createRequests(): Requests {
  const requests = createFollowed<DecidedRequest>(REQUESTS_LIMIT);
  return {
    latest: (count) => requests.newest(count),
    apply({ kind, code, requestId, ts, data }) {
      if (kind !== 'REQUEST_DECIDED' || requestId === undefined || data.check === true) return;
      const known = requests.get(requestId);
      if (code !== 'REQUEST_DUPLICATE') {
        requests.set(requestId, { requestId, ts, code, duplicates: known?.duplicates ?? 0 });
      } else if (known !== undefined) {
        known.duplicates += 1;
      } else {
        requests.set(requestId, { requestId, ts, code, duplicates: 1 });
      }
    },
  };
}
