import type { AuditRecord } from '@inspector/contract';
import type { AuditTrail } from './audit-trail.ts';

/** Records of the first picture. */
export const SEED_RECORDS = 500;

/** Records asked for at once: what comes in a second at the highest rate, and more. */
export const PAGE_RECORDS = 2_000;

/** Pages of one pull. A page that was away for longer than they carry begins anew at the newest records and says so. */
export const PAGES_LIMIT = 10;

/** Two rings closer than this are one pull. */
export const RING_MS = 100;

/** Without a ring the trail is asked this often: not every record is an event. */
export const HEARTBEAT_MS = 500;

export interface TrailQuery {
  limit: number;
  afterSeq?: number;
  to?: number;
}

export interface TrailFollowerPorts {
  trail: AuditTrail;
  /** Newest first. */
  read(query: TrailQuery): Promise<readonly AuditRecord[]>;
  /** True while more was missed than one page carries. */
  onCatchingUp?(catchingUp: boolean): void;
  schedule?: (run: () => void, ms: number) => () => void;
}

export interface TrailFollower {
  start(): void;
  /** Something happened: the trail has probably grown. */
  ring(): void;
  /** The newest record that somebody else saw. A trail that ends far before ours began anew. */
  seen(lastSeq: number): void;
  stop(): void;
}

/** Follows the audit trail over REST, by sequence: nothing is missed and nothing shown twice, whatever rang. */
export function createTrailFollower(ports: TrailFollowerPorts): TrailFollower {
  const { trail, read, onCatchingUp, schedule = scheduleTimeout } = ports;
  let running = false;
  let pulling = false;
  let ringing = false;
  let lowerSeen = 0;
  let cancel: (() => void) | undefined;

  function next(ms: number): void {
    cancel?.();
    if (running) cancel = schedule(() => void pull(), ms);
  }

  async function pull(): Promise<void> {
    if (pulling || !running) return;
    pulling = true;
    ringing = false;
    let moreWaits = false;
    try {
      moreWaits = await pullOnce();
    } catch {
      // Whoever reads has said so already; the next heartbeat tries again.
    } finally {
      pulling = false;
      next(moreWaits ? 0 : ringing ? RING_MS : HEARTBEAT_MS);
    }
  }

  /** True when the trail has probably grown meanwhile. */
  async function pullOnce(): Promise<boolean> {
    const after = trail.lastSeq();
    if (after === 0) {
      trail.append(ascending(await read({ limit: SEED_RECORDS })));
      return false;
    }
    const first = await read({ limit: PAGE_RECORDS, afterSeq: after });
    if (first.length < PAGE_RECORDS) {
      trail.append(ascending(first));
      return false;
    }
    onCatchingUp?.(true);
    try {
      trail.append(await pagesBack(after, first));
    } finally {
      onCatchingUp?.(false);
    }
    return true;
  }

  /** From the newest page back to the record after `after`, as far as the bound allows. */
  async function pagesBack(after: number, newest: readonly AuditRecord[]): Promise<AuditRecord[]> {
    const bySeq = new Map(newest.map((record) => [record.seq, record]));
    let page = newest;
    for (let pages = 1; pages < PAGES_LIMIT && page.length === PAGE_RECORDS; pages += 1) {
      const before = bySeq.size;
      page = await read({ limit: PAGE_RECORDS, afterSeq: after, to: page.at(-1)?.ts ?? 0 });
      for (const record of page) bySeq.set(record.seq, record);
      // A millisecond with more records than a page holds leads nowhere.
      if (bySeq.size === before) break;
    }
    return contiguous(ascending([...bySeq.values()]));
  }

  return {
    start() {
      running = true;
      next(0);
    },
    ring() {
      // Rings in a row must not put the pull off.
      if (ringing) return;
      ringing = true;
      if (!pulling) next(RING_MS);
    },
    seen(lastSeq) {
      lowerSeen = lastSeq < trail.lastSeq() ? lowerSeen + 1 : 0;
      // Once may be an answer that was overtaken on its way.
      if (lowerSeen < 3) return;
      lowerSeen = 0;
      trail.reset();
      next(0);
    },
    stop() {
      running = false;
      cancel?.();
    },
  };
}

const ascending = (records: readonly AuditRecord[]): AuditRecord[] => [...records].sort((a, b) => a.seq - b.seq);

/** The newest part without a hole. */
function contiguous(records: AuditRecord[]): AuditRecord[] {
  let from = records.length - 1;
  while (from > 0 && records[from - 1]?.seq === (records[from]?.seq ?? 0) - 1) from -= 1;
  return records.slice(Math.max(from, 0));
}

function scheduleTimeout(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
