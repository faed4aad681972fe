import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { batchOf, journalContract } from './journal.contract.ts';
import { JournalError, type JournalErrorCode } from './journal-error.ts';
import { openSqliteJournal } from './sqlite-journal.ts';

const root = mkdtempSync(join(tmpdir(), 'inspector-journal-'));
after(() => rmSync(root, { recursive: true, force: true }));
let directories = 0;
const newDirectory = () => join(root, String(++directories));
const open = (directory: string, appKey = 'inspector') => openSqliteJournal({ directory, appKey });

journalContract('sqlite journal', () => open(newDirectory()));

function refusal(directory: string, code: JournalErrorCode, said: RegExp): void {
  assert.throws(
    () => open(directory).close(),
    (error) => {
      assert.ok(error instanceof JournalError, String(error));
      assert.equal(error.code, code);
      assert.match(error.message, said);
      return true;
    },
  );
}

const clock = { kind: 'clock' as const, now: 1 };

test('what was stored is there after reopening, and numbering goes on', async () => {
  const directory = newDirectory();
  const first = open(directory);
  for (let i = 0; i < 3; i++) first.commit(batchOf(first, [clock], new Array(700).fill({ traceId: `t-${i}` })), 'full');
  first.saveSnapshot({ input: 3, seq: 2100, state: { a: 1 } });
  assert.equal(first.nextEpoch(), 1);
  first.close();
  const second = open(directory);
  assert.deepEqual([second.lastInput, second.lastSeq, second.firstSeq], [3, 2100, 1]);
  assert.equal(second.nextEpoch(), 2);
  assert.deepEqual(second.snapshots(), [{ input: 3, seq: 2100, state: { a: 1 } }]);
  second.commit(batchOf(second, [clock], new Array(700).fill({ traceId: 't-3' })), 'full');
  for (let i = 0; i < 4; i++) {
    const found = await second.queryAudit({ limit: 5000, traceId: `t-${i}` });
    assert.deepEqual([found.length, found.at(-1)!.seq], [700, i * 700 + 1]);
  }
  second.close();
});

test('a directory that is held names the holder, and is free after its end', () => {
  const directory = newDirectory();
  const first = open(directory);
  refusal(directory, 'DATA_DIR_HELD', new RegExp(`held by process ${process.pid} since 20..-`));
  first.close();
  open(directory).close();
});

test('another process is refused while the directory is held, and may have it afterwards', () => {
  const directory = newDirectory();
  const journal = open(directory);
  const module = new URL('./sqlite-journal.ts', import.meta.url).href;
  const script = `import { openSqliteJournal } from ${JSON.stringify(module)};
    try { openSqliteJournal({ directory: ${JSON.stringify(directory)}, appKey: 'inspector' }).close(); console.log('opened'); }
    catch (error) { console.log(error.code, error.message); }`;
  const second = () =>
    spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).stdout.trim();
  assert.match(second(), new RegExp(`^DATA_DIR_HELD .*held by process ${process.pid} since`));
  journal.commit(batchOf(journal, [clock], [{}]), 'full');
  journal.close();
  assert.equal(second(), 'opened');
});

test('a directory without write permission is DATA_DIR_UNWRITABLE', {
  skip: process.getuid?.() === 0 ? 'root may write everywhere' : false,
}, () => {
  const directory = newDirectory();
  mkdirSync(directory, { mode: 0o555 });
  refusal(directory, 'DATA_DIR_UNWRITABLE', /permission denied/i);
});

test('another process may read while the journal is written', () => {
  const directory = newDirectory();
  const journal = open(directory);
  journal.commit(batchOf(journal, [clock], [{ kind: 'STARTED', code: 'OK' }]), 'full');
  const reader = new DatabaseSync(join(directory, 'inspector.db'), { readOnly: true });
  assert.deepEqual(
    { ...reader.prepare('SELECT seq, kind, code FROM audit').get() },
    { seq: 1, kind: 'STARTED', code: 'OK' },
  );
  reader.close();
  journal.close();
});

test('a directory of something else is DATA_DIR_FOREIGN and stays as it is', () => {
  const directory = mkdtempSync(join(root, 'foreign-'));
  writeFileSync(join(directory, 'thesis.txt'), 'ten years of work');
  refusal(directory, 'DATA_DIR_FOREIGN', /thesis\.txt/);
  assert.deepEqual(readdirSync(directory), ['thesis.txt']);
});

test('options, tokens and hidden files beside the data are welcome', () => {
  const directory = mkdtempSync(join(root, 'welcome-'));
  for (const name of ['options.json', 'provider-token', '.keep']) writeFileSync(join(directory, name), '');
  open(directory).close();
});

test("another program's database is DATA_DIR_FOREIGN and is not touched", () => {
  const directory = mkdtempSync(join(root, 'other-'));
  const other = new DatabaseSync(join(directory, 'inspector.db'));
  other.exec('CREATE TABLE wallets (id INTEGER)');
  other.close();
  const before = readFileSync(join(directory, 'inspector.db'));
  refusal(directory, 'DATA_DIR_FOREIGN', /another program/);
  assert.deepEqual(readdirSync(directory), ['inspector.db']);
  assert.ok(before.equals(readFileSync(join(directory, 'inspector.db'))));
});

test("another Inspector's data is DATA_DIR_FOREIGN", () => {
  const directory = newDirectory();
  open(directory, 'desk-a').close();
  refusal(directory, 'DATA_DIR_FOREIGN', /belongs to the Inspector desk-a/);
  open(directory, 'desk-a').close();
});

test('an overwritten, cut or damaged database is DATA_DIR_CORRUPT', () => {
  for (const damage of ['overwritten', 'cut', 'damaged'] as const) {
    const directory = newDirectory();
    const journal = open(directory);
    journal.commit(batchOf(journal, [clock], new Array(2000).fill({})), 'full');
    journal.close();
    const file = join(directory, 'inspector.db');
    const bytes = readFileSync(file);
    if (damage === 'overwritten') writeFileSync(file, 'not a database at all, '.repeat(20));
    if (damage === 'cut') truncateSync(file, Math.floor(bytes.length / 16384) * 8192);
    if (damage === 'damaged')
      writeFileSync(file, Buffer.concat([bytes.subarray(0, 30_000), Buffer.alloc(90_000, 7), bytes.subarray(120_000)]));
    refusal(directory, 'DATA_DIR_CORRUPT', /./);
  }
});

test('data of a newer version is DATA_DIR_NEWER', () => {
  const directory = newDirectory();
  open(directory).close();
  const file = new DatabaseSync(join(directory, 'inspector.db'));
  file.exec('PRAGMA user_version = 99');
  file.close();
  refusal(directory, 'DATA_DIR_NEWER', /layout 99/);
});

test('a path that is no directory is DATA_DIR_UNWRITABLE', () => {
  const file = join(root, 'a-file');
  writeFileSync(file, '');
  refusal(file, 'DATA_DIR_UNWRITABLE', /a-file/);
  refusal(join(file, 'below'), 'DATA_DIR_UNWRITABLE', /a-file/);
});

test('a full disk is JOURNAL_FULL, loses nothing that was stored, and the same batch passes when there is space', () => {
  const directory = newDirectory();
  const journal = openSqliteJournal({ directory, appKey: 'inspector', maxPages: 40 });
  const text = 'x'.repeat(2000);
  let failure: unknown;
  while (!failure) {
    try {
      journal.commit(batchOf(journal, [clock], [{ message: text }, { message: text }]), 'full');
    } catch (error) {
      failure = error;
    }
  }
  assert.ok(failure instanceof JournalError && failure.code === 'JOURNAL_FULL');
  const stored = journal.lastSeq;
  assert.ok(stored > 10);
  assert.throws(() => journal.commit(batchOf(journal, [clock], [{ message: text }, { message: text }]), 'full'));
  assert.equal(journal.lastSeq, stored);
  journal.close();
  const roomy = open(directory);
  assert.equal(roomy.lastSeq, stored);
  assert.equal([...roomy.auditLines(1, stored)].length, stored);
  roomy.commit(batchOf(roomy, [clock], [{ message: text }]), 'full');
  roomy.close();
});

test('a copy holds what was stored when it was made, while commits go on', async () => {
  const [from, to] = [newDirectory(), newDirectory()];
  const journal = open(from);
  for (let count = 0; count < 50; count++) journal.commit(batchOf(journal, [clock], [{}]), 'full');
  mkdirSync(to);
  const copying = journal.copyTo(join(to, 'inspector.db'));
  journal.commit(batchOf(journal, [clock], [{}]), 'full');
  await copying;
  journal.close();
  const copy = open(to);
  assert.ok(copy.lastInput >= 50, `${copy.lastInput} inputs`);
  assert.equal(copy.lastSeq, copy.lastInput);
  assert.equal([...copy.auditLines(1, 50)].length, 50);
  copy.close();
});
