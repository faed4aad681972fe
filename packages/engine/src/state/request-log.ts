/**
 * Decided request ids: an approved one is remembered for 24 h, a refused one for 60 s (semantics 3, rule 3). At most
 * 1,000,000 are kept; when full, new requests are refused with ORDER_RATE until old ones expire.
 */
export const MAX_REQUEST_IDS = 1_000_000;
export const APPROVED_KEPT_MS = 24 * 3_600_000;
export const REFUSED_KEPT_MS = 60_000;

export interface DecidedRequest {
  at: number;
  approved: boolean;
  decision: string;
  code: string;
  seq: number;
  eventId: string;
}

/** First in, first out with amortised constant cost: consumed ids are dropped in bulk. */
interface ExpiryQueue {
  ids: string[];
  first: number;
}

export interface RequestLog {
  decided: Map<string, DecidedRequest>;
  approved: ExpiryQueue;
  refused: ExpiryQueue;
  duplicates: number;
}

export function createRequestLog(): RequestLog {
  return { decided: new Map(), approved: { ids: [], first: 0 }, refused: { ids: [], first: 0 }, duplicates: 0 };
}

/** The decision on an id that still counts, or undefined. */
export function findDecided(log: RequestLog, requestId: string, now: number): DecidedRequest | undefined {
  const decided = log.decided.get(requestId);
  if (decided === undefined) return undefined;
  return now - decided.at < (decided.approved ? APPROVED_KEPT_MS : REFUSED_KEPT_MS) ? decided : undefined;
}

export function rememberDecided(log: RequestLog, requestId: string, decided: DecidedRequest): void {
  log.decided.set(requestId, decided);
  (decided.approved ? log.approved : log.refused).ids.push(requestId);
}

/** Drops what has expired; true when the log is full even so. */
export function isRequestLogFull(log: RequestLog, now: number): boolean {
  expire(log, log.approved, now, APPROVED_KEPT_MS, true);
  expire(log, log.refused, now, REFUSED_KEPT_MS, false);
  return log.decided.size >= MAX_REQUEST_IDS;
}

const COMPACT_AT = 1024;

function expire(log: RequestLog, queue: ExpiryQueue, now: number, keptMs: number, approved: boolean): void {
  while (queue.first < queue.ids.length) {
    const id = queue.ids[queue.first]!;
    const decided = log.decided.get(id);
    // An id may have been decided again since: then a later entry of a queue speaks for it.
    if (decided !== undefined && decided.approved === approved) {
      if (now - decided.at < keptMs) break;
      log.decided.delete(id);
    }
    queue.first++;
  }
  if (queue.first > COMPACT_AT && queue.first * 2 > queue.ids.length) {
    queue.ids.splice(0, queue.first);
    queue.first = 0;
  }
}
