import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openAuditReader } from './audit-reader.ts';
import { batchOf, recordOf } from './journal.contract.ts';
import { openSqliteJournal } from './sqlite-journal.ts';

const root = mkdtempSync(join(tmpdir(), 'inspector-reader-'));
after(() => rmSync(root, { recursive: true, force: true }));
const clock = { kind: 'clock' as const, now: 1 };

test('reads the trail of a directory that is held, follows it, and of one that is not', () => {
  const directory = join(root, 'data');
  const journal = openSqliteJournal({ directory, appKey: 'desk-a' });
  journal.commit(batchOf(journal, [clock], new Array(1300).fill({})), 'full');
  const reader = openAuditReader(directory);
  assert.deepEqual([reader.appKey, reader.firstSeq(), reader.lastSeq()], ['desk-a', 1, 1300]);
  const expected = Array.from({ length: 1300 }, (_, index) => JSON.stringify(recordOf(index + 1)));
  assert.deepEqual([...reader.lines(1, 1300)], expected);
  assert.deepEqual([...reader.lines(700, 700)], [expected[699]]);
  journal.commit(batchOf(journal, [clock], [{}]), 'full');
  assert.equal(reader.lastSeq(), 1301);
  reader.close();
  journal.close();
  const later = openAuditReader(directory);
  assert.equal(later.lastSeq(), 1301);
  later.close();
});

test('an empty trail has no records', () => {
  const directory = join(root, 'empty');
  openSqliteJournal({ directory, appKey: 'desk-a' }).close();
  const reader = openAuditReader(directory);
  assert.deepEqual([reader.firstSeq(), reader.lastSeq(), [...reader.lines(1, 10)]], [1, 0, []]);
  reader.close();
});

test('a directory without data is DATA_DIR_FOREIGN, and nothing is made there', () => {
  assert.throws(() => openAuditReader(join(root, 'missing')), { code: 'DATA_DIR_FOREIGN' });
  assert.ok(!readdirSync(root).includes('missing'));
});
