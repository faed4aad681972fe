import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditQuery, AuditRecord } from '@inspector/contract';
import { createAuditTrail } from '#data/audit-trail.ts';
import { findRecord } from './find-record.ts';
import { PAGE_RECORDS } from './older-pages.ts';
import { createTimeline, FOLLOWED_ROWS, READ_ROWS, SEARCH_PAGES } from './timeline.ts';

const record = (seq: number, more: Partial<AuditRecord> = {}): AuditRecord => ({
  seq,
  ts: 1_000_000 + Math.floor(seq / 3),
  kind: seq % 2 === 0 ? 'ORDER_SENT' : 'ORDER_INTENT',
  code: 'ENTRY',
  severity: 'info',
  traceId: 't',
  message: '',
  data: {},
  epoch: 1,
  ...more,
});

/** A store of records 1 to `count()`, answered as the server does. */
function storeOf(count: () => number) {
  const calls: AuditQuery[] = [];
  const read = async (query: AuditQuery): Promise<AuditRecord[]> => {
    calls.push(query);
    const found: AuditRecord[] = [];
    for (let seq = count(); seq > 0 && found.length < (query.limit ?? 200); seq -= 1) {
      const one = record(seq);
      if (one.ts > (query.to ?? Number.POSITIVE_INFINITY)) continue;
      if (query.kind === undefined || one.kind === query.kind) found.push(one);
    }
    return found;
  };
  return { read, calls };
}

interface Setting {
  count?: number;
  trailFrom?: number;
  matches?(record: AuditRecord): boolean;
}

function setting({ count = 0, trailFrom = 1, matches = () => true }: Setting = {}) {
  let last = count;
  let notice = (): void => {};
  const trail = createAuditTrail(5_000, (run) => {
    notice = run;
  });
  const store = storeOf(() => last);
  const timeline = createTimeline({ trail, read: store.read, matches, query: {} });
  return {
    trail,
    timeline,
    calls: store.calls,
    seqs: () => timeline.get().rows.map(({ seq }) => seq),
    /** Adds records up to `seq` to the store and the trail. */
    grow(seq: number) {
      const from = Math.max(trail.lastSeq() === 0 ? trailFrom : trail.lastSeq() + 1);
      last = seq;
      trail.append(Array.from({ length: seq - from + 1 }, (_, index) => record(from + index)));
      notice();
    },
    /** Records come that this page never hears of. */
    miss(seq: number, from: number) {
      last = seq;
      trail.append(Array.from({ length: seq - from + 1 }, (_, index) => record(from + index)));
      notice();
    },
    reset() {
      trail.reset();
      notice();
    },
  };
}

/** The read of a timeline's start goes on by itself. */
async function settled(timeline: { get(): { older: { kind: string } } }): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (timeline.get().older.kind === 'reading') {
    assert.ok(Date.now() < deadline, 'it goes on reading');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const descending = (from: number, to: number): number[] =>
  Array.from({ length: from - to + 1 }, (_, index) => from - index);

test('the live trail and the store join without a hole and without a double', async () => {
  const { timeline, grow, seqs } = setting({ trailFrom: 2_501 });
  grow(2_540);
  timeline.start();
  await settled(timeline);
  grow(2_550);
  assert.deepEqual(seqs(), descending(2_550, 2_550 - seqs().length + 1));
  assert.ok(seqs().length > PAGE_RECORDS / 2);
  for (let pages = 0; pages < 10 && timeline.get().older.kind === 'idle'; pages += 1) await timeline.readOlder();
  assert.deepEqual(seqs(), descending(2_550, 1));
  assert.equal(timeline.get().older.kind, 'end');
});

test('the store answers before the trail begins: what both have is there once', async () => {
  const { timeline, grow, seqs } = setting({ count: 40, trailFrom: 31 });
  timeline.start();
  await settled(timeline);
  assert.deepEqual(seqs(), descending(40, 1));
  grow(45);
  assert.deepEqual(seqs(), descending(45, 1));
});

test('the trail begins while the store is read first: older records can still be reached', async () => {
  const { timeline, grow, seqs } = setting({ count: 2_600, trailFrom: 2_511 });
  timeline.start();
  grow(2_610);
  await settled(timeline);
  for (let pages = 0; pages < 10 && timeline.get().older.kind === 'idle'; pages += 1) await timeline.readOlder();
  assert.deepEqual(seqs(), descending(2_610, 1));
});

test('held rows stay as they are and what comes is counted, then shown', async () => {
  const { timeline, grow, seqs } = setting();
  grow(300);
  timeline.start();
  await settled(timeline);
  timeline.hold();
  const before = timeline.get().rows;
  grow(340);
  assert.equal(timeline.get().rows, before);
  assert.equal(timeline.get().waiting, 40);
  timeline.follow();
  assert.deepEqual(seqs(), descending(340, 1));
  assert.equal(timeline.get().waiting, 0);
});

test('more than is kept came while rows were held: it goes on at the newest and reads the rest', async () => {
  const { timeline, grow, seqs } = setting();
  grow(300);
  timeline.start();
  await settled(timeline);
  timeline.hold();
  for (let seq = 1_300; seq <= 7_300; seq += 1_000) grow(seq);
  assert.equal(timeline.get().waiting, 7_000);
  timeline.follow();
  assert.deepEqual(seqs(), descending(7_300, 7_300 - FOLLOWED_ROWS + 1));
  timeline.hold();
  await timeline.readOlder();
  assert.deepEqual(seqs().slice(0, FOLLOWED_ROWS + 10), descending(7_300, 7_300 - FOLLOWED_ROWS - 9));
});

test('memory is bounded while it follows and while somebody reads back', async () => {
  const { timeline, grow, seqs } = setting({ trailFrom: 30_001 });
  grow(30_001);
  timeline.start();
  await settled(timeline);
  for (let seq = 31_000; seq <= 60_000; seq += 1_000) grow(seq);
  assert.equal(timeline.get().rows.length, FOLLOWED_ROWS);
  timeline.hold();
  for (let pages = 0; pages < 40; pages += 1) await timeline.readOlder();
  assert.equal(timeline.get().older.kind, 'full');
  assert.ok(timeline.get().rows.length <= READ_ROWS + PAGE_RECORDS);
  assert.deepEqual(seqs(), descending(60_000, 60_000 - seqs().length + 1));
});

test('records that the page missed leave no hole between its rows', async () => {
  const { timeline, grow, miss, seqs } = setting();
  grow(200);
  timeline.start();
  await settled(timeline);
  miss(900, 801);
  assert.deepEqual(seqs(), descending(900, 801));
  await timeline.readOlder();
  assert.deepEqual(seqs(), descending(900, 1));
});

test('a journal that began anew empties the rows', async () => {
  const { timeline, grow, reset, seqs } = setting();
  grow(200);
  timeline.start();
  await settled(timeline);
  reset();
  assert.deepEqual(seqs(), []);
  grow(3);
  assert.deepEqual(seqs(), [3, 2, 1]);
});

test('what is rare is looked for page after page by itself, with its progress', async () => {
  const { timeline, grow, calls, seqs } = setting({ trailFrom: 32_001, matches: ({ seq }) => seq === 7 });
  grow(32_002);
  const progress: number[] = [];
  timeline.subscribe(() => {
    const { older } = timeline.get();
    if (older.kind === 'reading') progress.push(older.looked);
  });
  timeline.start();
  await settled(timeline);
  assert.deepEqual(seqs(), [7]);
  assert.equal(timeline.get().older.kind, 'end');
  assert.ok(calls.length > 30 && calls.length < 40, `${calls.length} calls`);
  assert.equal(progress[0], 0);
  assert.ok((progress.at(-1) ?? 0) > 30_000);
  assert.deepEqual(
    progress,
    progress.toSorted((a, b) => a - b),
  );
});

test('a search ends at its bound, says how far it looked, and goes on from there when it is asked to', async () => {
  const calls: AuditQuery[] = [];
  const newest = 1_000_000;
  const timeline = createTimeline({
    trail: null,
    matches: () => false,
    query: {},
    // A trail without an end, a record a millisecond.
    read: async (query) => {
      calls.push(query);
      const from = query.to ?? newest;
      return Array.from({ length: query.limit ?? 200 }, (_, index) => record(from - index, { ts: from - index }));
    },
  });
  timeline.start();
  await settled(timeline);
  assert.equal(calls.length, SEARCH_PAGES);
  const { older, examined, settled: isSettled } = timeline.get();
  assert.deepEqual([older.kind, isSettled], ['idle', true]);
  assert.ok(examined !== null && examined.seq < newest - (SEARCH_PAGES - 1) * (PAGE_RECORDS - 1));
  await timeline.readOlder();
  assert.equal(calls.length, 2 * SEARCH_PAGES);
});

test('the reader can end a search: what was found stays', async () => {
  const { timeline, grow, calls } = setting({ trailFrom: 60_001, matches: ({ seq }) => seq % 5_000 === 0 });
  grow(60_002);
  timeline.subscribe(() => {
    const { older } = timeline.get();
    if (older.kind === 'reading' && older.looked > 8_000) timeline.endSearch();
  });
  timeline.start();
  await settled(timeline);
  assert.equal(timeline.get().older.kind, 'idle');
  assert.deepEqual(
    timeline.get().rows.map(({ seq }) => seq),
    [60_000, 55_000],
  );
  const asked = calls.length;
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(calls.length, asked, 'nothing more is asked');
  assert.equal(timeline.get().older.kind, 'idle');
});

test('what the store was asked for first and judges less of is judged again where the trail has it', async () => {
  const trail = createAuditTrail(5_000, (run) => run());
  const all = Array.from({ length: 40 }, (_, index) => record(40 - index, { code: index % 2 === 0 ? 'A' : 'B' }));
  const timeline = createTimeline({
    trail,
    matches: () => true,
    query: { code: 'A' },
    read: async () => all.filter(({ code }) => code === 'A'),
  });
  timeline.start();
  await settled(timeline);
  assert.equal(timeline.get().rows.length, 20);
  trail.append(all.slice(0, 10).toReversed());
  assert.deepEqual(
    timeline.get().rows.map(({ seq }) => seq),
    [...descending(40, 31), 30, 28, 26, 24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2],
  );
});

test('a millisecond with more than a page is read with a larger one', async () => {
  const sameTime = Array.from({ length: 1_500 }, (_, index) => record(index + 1, { ts: 5 })).toReversed();
  const timeline = createTimeline({
    trail: null,
    matches: () => true,
    query: {},
    read: async ({ limit = 200, to = Number.POSITIVE_INFINITY }) =>
      sameTime.filter(({ ts }) => ts <= to).slice(0, limit),
  });
  timeline.start();
  await settled(timeline);
  await timeline.readOlder();
  assert.equal(timeline.get().rows.length, 1_500);
  assert.equal(timeline.get().older.kind, 'end');
});

test('a read that fails keeps the rows and can be tried again', async () => {
  let fails = true;
  const timeline = createTimeline({
    trail: null,
    matches: () => true,
    query: {},
    read: async () => {
      if (fails) throw new Error('gone');
      return [record(1)];
    },
  });
  timeline.start();
  await settled(timeline);
  assert.equal(timeline.get().older.kind, 'failed');
  fails = false;
  await timeline.readOlder();
  assert.equal(timeline.get().rows.length, 1);
});

test('a record is found by its sequence, however old', async () => {
  const { read, calls } = storeOf(() => 90_000);
  for (const seq of [1, 2, 137, 40_000, 89_000, 90_000]) assert.equal((await findRecord(seq, read))?.seq, seq);
  assert.ok(calls.length < 120, `${calls.length} calls`);
  assert.equal(await findRecord(90_001, read), null);
  assert.equal(await findRecord(0, read), null);
});
