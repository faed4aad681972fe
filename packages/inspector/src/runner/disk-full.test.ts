/** A full disk, by the operating system's limit on file sizes: `prlimit` sets it for a process and lifts it again. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { AuditRecord } from '@inspector/contract';
import { openSqliteJournal } from '../journal/sqlite-journal.ts';

const LIMIT_BYTES = 400_000;
const worker = fileURLToPath(new URL('./disk-full-worker.ts', import.meta.url));
const canLimit = spawnSync('prlimit', ['--version']).status === 0;
const directory = mkdtempSync(join(tmpdir(), 'inspector-full-'));
after(() => rmSync(directory, { recursive: true, force: true }));

test('a full disk stops approvals, not exits; when there is space again everything is stored, without a hole', {
  skip: canLimit ? false : 'prlimit is not installed here',
}, async () => {
  const child = spawn(process.execPath, [worker, directory], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines: string[] = [];
  let wake = () => {};
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    wake();
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  /** The next line that begins with `word`; lines before it are kept in `lines`. */
  async function line(word: string, from = 0): Promise<string> {
    for (;;) {
      const found = lines.slice(from).find((each) => each.startsWith(word));
      if (found) return found;
      if (child.exitCode !== null) throw new Error(`the process ended: ${lines.join(', ')}`);
      await Promise.race([new Promise<void>((resolve) => (wake = resolve)), ended]);
    }
  }
  const ask = (question: string) => {
    const from = lines.length;
    child.stdin.write(`${question}\n`);
    return line(question, from);
  };
  const limit = (bytes: number | 'unlimited') =>
    assert.equal(spawnSync('prlimit', ['--pid', String(child.pid), `--fsize=${bytes}:unlimited`]).status, 0);

  await line('started');
  limit(LIMIT_BYTES);
  assert.match(await ask('fill'), /^fill JOURNAL_(FULL|IO)$/);
  assert.ok(lines.includes('alert STORE_UNAVAILABLE'));
  assert.equal(await ask('open'), 'open not-approving');
  assert.equal(await ask('close'), 'close taken');
  assert.ok(lines.includes('order exit stalled'));
  assert.ok(!lines.includes('order entry stalled'));

  limit('unlimited');
  await ask('wait');
  assert.equal(await ask('open'), 'open taken');
  await line('order entry running');
  const stopped = await ask('stop');
  await ended;

  const journal = openSqliteJournal({ directory, appKey: 'inspector' });
  const audit = [...journal.auditLines(1, journal.lastSeq)].map((each) => JSON.parse(each) as AuditRecord);
  journal.close();
  assert.equal(stopped, `stop stopped ${audit.length}`);
  for (const [index, record] of audit.entries()) assert.equal(record.seq, index + 1);
  const kinds = new Map(audit.map((record) => [`${record.kind} ${record.code}`, record]));
  for (const kind of ['ORDER_INTENT CLOSE', 'ORDER_INTENT ENTRY', 'DEAD_LETTER STORE_UNAVAILABLE', 'STOPPED OK']) {
    assert.ok(kinds.has(kind), `${kind} is in the audit`);
  }
});
