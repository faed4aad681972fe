import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditRecord } from '@inspector/contract';
import { createAuditTrail } from './audit-trail.ts';
import { sampleRecord, sampleRecords } from './testing/sample-record.ts';
import {
  createTrailFollower,
  HEARTBEAT_MS,
  PAGE_RECORDS,
  PAGES_LIMIT,
  RING_MS,
  SEED_RECORDS,
  type TrailQuery,
} from './trail-follower.ts';

/** A server with records, and a follower whose timers the test lets run. */
function following(records: AuditRecord[]) {
  const trail = createAuditTrail(1_000_000, (run) => run());
  const queries: TrailQuery[] = [];
  const catching: boolean[] = [];
  let timer: { run: () => void; ms: number } | undefined;
  let failing = false;
  const follower = createTrailFollower({
    trail,
    async read(query) {
      queries.push(query);
      if (failing) throw new Error('away');
      const { limit, afterSeq = 0, to = Number.POSITIVE_INFINITY } = query;
      return records
        .filter(({ seq, ts }) => seq > afterSeq && ts <= to)
        .reverse()
        .slice(0, limit);
    },
    onCatchingUp: (running) => catching.push(running),
    schedule(run, ms) {
      timer = { run, ms };
      return () => {
        timer = undefined;
      };
    },
  });
  /** Lets the timer that is set run, with all that follows at once; answers what it was set for. */
  const tick = async () => {
    const due = timer;
    timer = undefined;
    due?.run();
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    return due?.ms;
  };
  const shown = () => trail.get().records.map(({ seq }) => seq);
  return {
    follower,
    trail,
    queries,
    catching,
    tick,
    shown,
    fail: (on: boolean) => (failing = on),
    nextMs: () => timer?.ms,
  };
}

test('it begins with the newest records and goes on from there without a hole', async () => {
  const records = sampleRecords(1, 1_200);
  const { follower, tick, shown } = following(records);
  follower.start();
  await tick();
  assert.equal(shown().length, SEED_RECORDS);
  assert.equal(shown().at(-1), 1_200);
  records.push(...sampleRecords(1_201, 1_203));
  await tick();
  assert.deepEqual(shown().slice(-4), [1_200, 1_201, 1_202, 1_203]);
});

test('more than a page that was missed is read back to where it stopped, and is said meanwhile', async () => {
  const records = sampleRecords(1, 10);
  const { follower, tick, shown, catching, trail } = following(records);
  follower.start();
  await tick();
  records.push(...sampleRecords(11, 3 * PAGE_RECORDS));
  await tick();
  assert.deepEqual(
    shown(),
    records.map(({ seq }) => seq),
  );
  assert.deepEqual(catching, [true, false]);
  assert.equal(trail.get().skipped, null);
});

test('records of one millisecond across a page boundary are neither lost nor doubled', async () => {
  const records = sampleRecords(1, 10);
  const { follower, tick, shown } = following(records);
  follower.start();
  await tick();
  for (let seq = 11; seq <= 2 * PAGE_RECORDS; seq += 1) {
    records.push(sampleRecord(seq, { ts: 1_700_000_100_000 + Math.floor(seq / 300) }));
  }
  await tick();
  assert.deepEqual(
    shown(),
    records.map(({ seq }) => seq),
  );
});

test('what is too far behind is left out in one piece and named', async () => {
  const records = sampleRecords(1, 10);
  const { follower, tick, shown, trail } = following(records);
  follower.start();
  await tick();
  const through = PAGE_RECORDS * (PAGES_LIMIT + 3);
  records.push(...sampleRecords(11, through));
  await tick();
  const first = shown()[0] as number;
  assert.deepEqual(trail.get().skipped, { fromSeq: 11, toSeq: first - 1 });
  assert.equal(shown().at(-1), through);
  assert.equal(shown().length, through - first + 1);
});

test('rings are answered soon and together, and do not put each other off', async () => {
  const { follower, tick, queries, nextMs } = following(sampleRecords(1, 5));
  follower.start();
  await tick();
  assert.equal(nextMs(), HEARTBEAT_MS);
  follower.ring();
  assert.equal(nextMs(), RING_MS);
  for (let count = 0; count < 100; count += 1) follower.ring();
  assert.equal(await tick(), RING_MS);
  assert.equal(queries.length, 2);
});

test('a server that is away is asked again, from the same place', async () => {
  const records = sampleRecords(1, 5);
  const { follower, tick, shown, fail, queries } = following(records);
  follower.start();
  await tick();
  fail(true);
  await tick();
  fail(false);
  records.push(...sampleRecords(6, 7));
  await tick();
  assert.deepEqual(shown(), [1, 2, 3, 4, 5, 6, 7]);
  assert.equal(queries.at(-1)?.afterSeq, 5);
});

test('a journal that began anew is followed from its beginning, one late answer is not taken for that', async () => {
  const records = sampleRecords(1, 50);
  const { follower, tick, shown } = following(records);
  follower.start();
  await tick();
  follower.seen(49);
  follower.seen(50);
  await tick();
  assert.equal(shown().length, 50);
  records.splice(0, records.length, ...sampleRecords(1, 3));
  for (let count = 0; count < 3; count += 1) follower.seen(3);
  await tick();
  assert.deepEqual(shown(), [1, 2, 3]);
});
