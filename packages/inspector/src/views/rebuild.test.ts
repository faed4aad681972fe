import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditRecord } from '@inspector/contract';
import { createMemoryJournal } from '../journal/memory-journal.ts';
import { createAuditFollower } from './audit-follower.ts';
import { catchUp, rebuildViews } from './rebuild.ts';
import { auditRecord, positionState } from './test-records.ts';

function journalOf(records: AuditRecord[]) {
  const journal = createMemoryJournal();
  journal.commit({ firstInput: 1, inputCount: 0, inputs: new Uint8Array(), now: 1, records }, 'full');
  return journal;
}

const closed = (seq: number): AuditRecord =>
  auditRecord(seq, {
    kind: 'POSITION_CLOSED',
    code: 'OPERATOR',
    data: { ...positionState(), exitPrice: 100, realizedPnlUsd: 0, feesUsd: 0 },
  });

test('views of an empty journal wait for the first record', async () => {
  const views = await rebuildViews(createMemoryJournal());
  assert.equal(views.lastSeq, 0);
  views.apply(auditRecord(1));
});

test('views go on where the journal ends, and know older trades and incidents', async () => {
  const kill = auditRecord(2, { kind: 'KILL_SWITCH', code: 'TRIGGERED', data: { incidentId: 'k1' } });
  const records = [closed(1), kill, auditRecord(3), closed(4), auditRecord(5)];
  const views = await rebuildViews(journalOf(records), 2);
  assert.equal(views.lastSeq, 5);
  assert.deepEqual(
    views.trades.latest(10).map((trade) => trade.seq),
    [4, 1],
  );
  assert.equal(views.incidents.latestId, 'k1');
  assert.deepEqual(
    views.tail.latest(10).map((record) => record.seq),
    [5, 4],
  );
  views.apply(auditRecord(6));
});

test('a hole is filled from the store', async () => {
  const journal = journalOf([1, 2, 3, 4].map((seq) => auditRecord(seq)));
  const views = await rebuildViews(journalOf([auditRecord(1)]));
  assert.throws(() => views.apply(auditRecord(4)), { code: 'AUDIT_HOLE' });
  catchUp(views, journal, 4);
  assert.equal(views.lastSeq, 4);
});

test('a follower fills a hole by itself, and stands still with a reason while it cannot', async () => {
  const views = await rebuildViews(journalOf([auditRecord(1)]));
  const stored: AuditRecord[] = [];
  const journal = {
    auditLines: (from: number, to: number) =>
      stored.filter(({ seq }) => seq >= from && seq <= to).map((each) => JSON.stringify(each)),
  };
  const follower = createAuditFollower(views, journal);
  follower.follow([auditRecord(2)]);
  assert.deepEqual([views.lastSeq, follower.reason], [2, undefined]);
  follower.follow([auditRecord(4)]);
  assert.deepEqual([views.lastSeq, follower.reason], [2, 'audit record 3 is missing: 4 came']);
  stored.push(auditRecord(3), auditRecord(4), auditRecord(5));
  follower.follow([auditRecord(5)]);
  assert.deepEqual([views.lastSeq, follower.reason], [5, undefined]);
});
