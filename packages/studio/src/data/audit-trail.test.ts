import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditRecord } from '@inspector/contract';
import { createAuditTrail } from './audit-trail.ts';
import { sampleRecords } from './testing/sample-record.ts';

/** A trail whose pictures are taken when the test says so. */
function trailByHand(limit?: number) {
  const due: (() => void)[] = [];
  const trail = createAuditTrail(limit, (run) => due.push(run));
  const show = () => {
    for (const run of due.splice(0)) run();
    return trail.get();
  };
  return { trail, show, due };
}

const seqs = (records: readonly AuditRecord[]) => records.map(({ seq }) => seq);

test('what comes twice or overlaps is there once, in order', () => {
  const { trail, show } = trailByHand();
  trail.append(sampleRecords(1, 4));
  trail.append(sampleRecords(3, 6));
  trail.append(sampleRecords(1, 6));
  assert.deepEqual(seqs(show().records), [1, 2, 3, 4, 5, 6]);
  assert.equal(trail.get().lastSeq, 6);
  assert.equal(trail.get().skipped, null);
});

test('any number of additions before a picture is one notice', () => {
  const { trail, show, due } = trailByHand();
  let notices = 0;
  trail.subscribe(() => {
    notices += 1;
  });
  for (let seq = 1; seq <= 50; seq += 1) trail.append(sampleRecords(seq, seq));
  assert.equal(due.length, 1);
  assert.deepEqual(trail.get().records, [], 'the picture moves only with its notice');
  assert.equal(trail.lastSeq(), 50, 'where to go on is known at once');
  show();
  assert.equal(notices, 1);
});

test('it holds the newest up to its bound, and every reader hears of each record all the same', () => {
  const { trail, show } = trailByHand(10);
  const heard: number[] = [];
  trail.onRecords((records) => heard.push(...seqs(records)));
  trail.append(sampleRecords(1, 25));
  assert.deepEqual(seqs(show().records), seqs(sampleRecords(16, 25)));
  trail.append(sampleRecords(26, 26));
  assert.deepEqual(seqs(show().records), seqs(sampleRecords(17, 26)));
  assert.deepEqual(heard, seqs(sampleRecords(1, 26)));
});

test('a hole is said, and nothing from before it is shown as if it followed', () => {
  const { trail, show } = trailByHand();
  trail.append(sampleRecords(1, 5));
  show();
  trail.append(sampleRecords(9, 10));
  const { records, skipped } = show();
  assert.deepEqual(seqs(records), [9, 10]);
  assert.deepEqual(skipped, { fromSeq: 6, toSeq: 8 });
});

test('after a reset it takes a journal that counts from 1 again', () => {
  const { trail, show } = trailByHand();
  trail.append(sampleRecords(1, 100));
  trail.reset();
  trail.append(sampleRecords(1, 2));
  assert.deepEqual(seqs(show().records), [1, 2]);
});
