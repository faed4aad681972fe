import type { AuditRecord } from '@inspector/contract';
import type { AuditTrail } from '#data/audit-trail.ts';
import type { ReadableStore } from '#stores/store.ts';
import { type Examined, type OlderPorts, readOlderPage } from './older-pages.ts';

/** Newest rows kept while the timeline follows; the oldest leave and are read again when somebody scrolls to them. */
export const FOLLOWED_ROWS = 5_000;
/** Rows kept while somebody reads back. Then older ones are reached by a new "until" of the filter. */
export const READ_ROWS = 20_000;
/** Rows that end a search: a screen and more. */
const ROWS_WANTED = 100;
/** Pages that a search for what is rare looks through by itself. Then the reader decides. */
export const SEARCH_PAGES = 100;

/** How it stands with records that are older than the oldest row. */
export type OlderState =
  | { kind: 'idle' }
  /** `looked`: records that this search has looked through so far. */
  | { kind: 'reading'; looked: number }
  | { kind: 'end' }
  | { kind: 'blocked' }
  | { kind: 'full' }
  | { kind: 'failed'; error: unknown };

export interface TimelinePicture {
  /** Newest first. Another array whenever it changed. */
  rows: readonly AuditRecord[];
  /** False: rows stay as they are, and what comes is counted. */
  following: boolean;
  /** Records that pass and came since the rows were held. */
  waiting: number;
  older: OlderState;
  /** Everything newer than this was looked at; null: nothing was. */
  examined: Examined | null;
  /** Records of the store that were looked through for these rows. */
  lookedBack: number;
  /** True once the first look has an answer: no rows then means that there are none. */
  settled: boolean;
}

export interface Timeline extends ReadableStore<TimelinePicture> {
  start(): void;
  hold(): void;
  /** Shows what came meanwhile, and everything from then on. */
  follow(): void;
  /** Looks back, page after page, until a screen full is found, nothing is older, or the bound of a search is met. */
  readOlder(): Promise<void>;
  /** The reader has seen enough: what was found stays, and the search can be gone on with. */
  endSearch(): void;
  /** Reads the newest again: for a source that does not tell of new records. */
  refresh(): Promise<void>;
  stop(): void;
}

export interface TimelinePorts extends OlderPorts {
  /** Null: the source is read, not followed. */
  trail: Pick<AuditTrail, 'get' | 'subscribe'> | null;
}

/** First rows that are read by themselves when the trail at hand holds fewer. */
const ROWS_AT_FIRST = 100;

const firstPicture: TimelinePicture = {
  rows: [],
  following: true,
  waiting: 0,
  older: { kind: 'idle' },
  examined: null,
  lookedBack: 0,
  settled: false,
};

/** The rows of one filter: the live trail at the upper end, the store at the lower, no hole between and bounded. */
export function createTimeline(ports: TimelinePorts): Timeline {
  const { trail, matches } = ports;
  const listeners = new Set<() => void>();
  let picture = firstPicture;
  /** Oldest first. */
  let live: AuditRecord[] = [];
  /** Oldest first; what came while rows are held. */
  let held: AuditRecord[] = [];
  let heldCount = 0;
  /** True when what is held does not follow on what is shown. */
  let heldApart = false;
  /** Newest first, older than all of `live`. */
  let past: AuditRecord[] = [];
  let examined: Examined | null = null;
  let seenSeq = 0;
  let run = 0;
  let release: (() => void) | undefined;

  function show(change: Partial<TimelinePicture> = {}): void {
    picture = { ...picture, ...change, waiting: heldCount, examined };
    for (const listener of listeners) listener();
  }

  const rowsNow = (): AuditRecord[] => [...live.toReversed(), ...past];

  /** Begins anew at the record that the trail begins with: what is older is read from the store again. */
  function restart(first: AuditRecord | undefined): void {
    run += 1;
    live = [];
    past = [];
    held = [];
    heldCount = 0;
    heldApart = false;
    examined = first === undefined ? null : { seq: first.seq, ts: first.ts };
    picture = { ...picture, older: { kind: 'idle' }, lookedBack: 0 };
  }

  /** The trail has begun and knows better what the store answered for its time: that may judge less of the filter. */
  function leaveToTrail(first: AuditRecord): boolean {
    const left = past.filter(({ seq }) => seq < first.seq);
    if (left.length === past.length) return false;
    past = left;
    seenSeq = first.seq - 1;
    return true;
  }

  function take(): void {
    if (trail === null) return;
    const { records, lastSeq } = trail.get();
    const first = records[0];
    const isLeft = seenSeq === 0 && first !== undefined && picture.following && leaveToTrail(first);
    const isAnew = lastSeq < seenSeq;
    const hasHole = first !== undefined && seenSeq > 0 && first.seq > seenSeq + 1;
    if (isAnew || (hasHole && picture.following)) restart(first);
    if (isAnew) seenSeq = 0;
    if (hasHole && !picture.following) {
      held = [];
      heldApart = true;
    }
    if (examined === null && first !== undefined) examined = { seq: first.seq, ts: first.ts };
    // What the store answered first, before the trail's first records came, is here already.
    const fresh = newerThan(records, Math.max(seenSeq, past[0]?.seq ?? 0)).filter(matches);
    seenSeq = lastSeq;
    if (picture.following) followOn(fresh, isAnew || hasHole || isLeft);
    else holdBack(fresh);
  }

  function followOn(fresh: readonly AuditRecord[], changed: boolean): void {
    if (fresh.length === 0 && !changed) return;
    for (const record of fresh) live.push(record);
    trim();
    show({ rows: rowsNow() });
  }

  function holdBack(fresh: readonly AuditRecord[]): void {
    if (fresh.length === 0) return;
    for (const record of fresh) held.push(record);
    heldCount += fresh.length;
    if (held.length > FOLLOWED_ROWS) {
      held = held.slice(-FOLLOWED_ROWS);
      heldApart = true;
    }
    show();
  }

  /** Rows beyond the bound leave at the lower end; from there the store is read again. */
  function trim(): void {
    if (live.length + past.length <= FOLLOWED_ROWS) return;
    if (past.length > 0) past = past.slice(0, Math.max(0, FOLLOWED_ROWS - live.length));
    if (live.length > FOLLOWED_ROWS) live = live.slice(-FOLLOWED_ROWS);
    const oldest = past.at(-1) ?? live[0];
    if (oldest !== undefined) examined = { seq: oldest.seq, ts: oldest.ts };
    if (picture.older.kind !== 'reading') picture = { ...picture, older: { kind: 'idle' } };
  }

  async function readOlder(): Promise<void> {
    const { kind } = picture.older;
    if (kind !== 'idle' && kind !== 'failed') return;
    if (live.length + past.length >= READ_ROWS) return show({ older: { kind: 'full' } });
    run += 1;
    const ours = run;
    try {
      const older = await search(() => ours === run);
      if (ours === run) show({ older, settled: true });
    } catch (error) {
      if (ours === run) show({ older: { kind: 'failed', error } });
    }
  }

  async function search(goesOn: () => boolean): Promise<OlderState> {
    let looked = 0;
    let found = 0;
    for (let pages = 0; pages < SEARCH_PAGES && found < ROWS_WANTED; pages += 1) {
      show({ older: { kind: 'reading', looked } });
      const from = examined;
      const page = await readOlderPage(ports, from);
      if (!goesOn()) break;
      // The trail began or live rows left the lower end meanwhile: what was read no longer follows on them.
      if (examined !== from) continue;
      past = [...past, ...page.rows];
      examined = page.examined;
      looked += page.looked;
      found += page.rows.length;
      picture = { ...picture, rows: rowsNow(), lookedBack: picture.lookedBack + page.looked };
      if (page.end !== 'more') return { kind: page.end === 'reached' ? 'end' : 'blocked' };
    }
    return { kind: 'idle' };
  }

  function endSearch(): void {
    if (picture.older.kind !== 'reading') return;
    run += 1;
    show({ older: { kind: 'idle' }, settled: true });
  }

  return {
    get: () => picture,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      take();
      release ??= trail?.subscribe(take);
      if (live.length < ROWS_AT_FIRST) void readOlder();
      else show({ settled: true });
    },
    hold() {
      if (picture.following) show({ following: false });
    },
    follow() {
      if (picture.following) return;
      const fresh = held;
      if (heldApart) restart(fresh[0]);
      held = [];
      heldCount = 0;
      heldApart = false;
      picture = { ...picture, following: true };
      followOn(fresh, true);
    },
    readOlder,
    endSearch,
    async refresh() {
      restart(undefined);
      await readOlder();
    },
    stop() {
      run += 1;
      if (picture.older.kind === 'reading') picture = { ...picture, older: { kind: 'idle' } };
      release?.();
      release = undefined;
    },
  };
}

/** Those of ascending records that come after `seq`. */
function newerThan(records: readonly AuditRecord[], seq: number): readonly AuditRecord[] {
  const first = records[0];
  if (first === undefined) return records;
  // Sequences have no hole, so the place is known.
  return records.slice(Math.max(0, seq + 1 - first.seq));
}
