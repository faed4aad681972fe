import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryJournal } from '../../journal/memory-journal.ts';
import { auditRecord } from '../../views/test-records.ts';
import { keptLog } from '../testing/alerts.ts';
import { createProgressStore } from './progress.ts';

function journalOf(records: number) {
  const journal = createMemoryJournal();
  const all = Array.from({ length: records }, (_, index) => auditRecord(index + 1));
  journal.commit({ firstInput: 1, inputCount: 0, inputs: new Uint8Array(), now: 0, records: all }, 'full');
  return journal;
}
const storeOf = (journal = journalOf(10)) => createProgressStore(journal, ['pager'], keptLog().log);
const stored = (journal: ReturnType<typeof journalOf>) => JSON.parse(journal.readMeta('alerts')!).pager;

test('a target that is new begins at the end of the journal', () => {
  assert.equal(storeOf().of('pager').seq, 10);
});

test('until everything before was put in line, what is stored stays as it was', () => {
  const journal = journalOf(10);
  const store = storeOf(journal);
  const progress = store.of('pager');
  store.begin(7);
  assert.deepEqual(stored(journal), { seq: 10, epoch: 0, told: [] });
  progress.open(13);
  progress.close([13]); // a live one, told before 12 was found
  store.save();
  assert.deepEqual(stored(journal), { seq: 10, epoch: 0, told: [13] });
  progress.open(12);
  progress.caughtUp(12);
  store.save();
  assert.deepEqual(stored(journal), { seq: 11, epoch: 7, told: [13] });
  progress.close([12]);
  store.save();
  assert.deepEqual(stored(journal), { seq: 13, epoch: 7, told: [] });
  assert.deepEqual([12, 13, 14].map(storeOf(journal).of('pager').isTold), [true, true, false]);
});

test('what is not for the target moves it on, but not past what is open', () => {
  const store = storeOf();
  const progress = store.of('pager');
  progress.caughtUp(10);
  progress.pass(11);
  assert.equal(progress.seq, 11);
  progress.open(12);
  progress.pass(13);
  assert.deepEqual([progress.seq, progress.isTold(13)], [11, true]);
  progress.close([12]);
  assert.equal(progress.seq, 13);
});

test('of what is open 2000 are kept, of what was told ahead 500', () => {
  const progress = storeOf().of('pager');
  progress.caughtUp(10);
  for (let seq = 11; seq <= 2_010; seq += 1) progress.open(seq);
  assert.equal(progress.seq, 10);
  progress.open(2_011);
  assert.equal(progress.seq, 11, 'the oldest counts as told');
  const ahead = Array.from({ length: 501 }, (_, index) => 13 + index);
  progress.close(ahead);
  assert.deepEqual([progress.isTold(512), progress.isTold(513)], [true, false]);
});

test('what is damaged is as if it were not there', () => {
  for (const text of [
    'nonsense',
    '[]',
    '{"pager":1}',
    '{"pager":{"seq":-1,"epoch":1,"told":[]}}',
    '{"pager":{"seq":1,"epoch":1}}',
  ]) {
    const journal = journalOf(10);
    journal.writeMeta('alerts', text);
    assert.equal(storeOf(journal).of('pager').seq, 10, text);
  }
});
