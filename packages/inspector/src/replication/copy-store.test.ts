import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { batchOf } from '../journal/journal.contract.ts';
import { openSqliteJournal } from '../journal/sqlite-journal.ts';
import { copyStore } from './copy-store.ts';

const log = { info() {}, warn() {}, error() {} };
const clock = { kind: 'clock' as const, now: 1 };

function directories(t: TestContext): (name: string) => string {
  const root = mkdtempSync(join(tmpdir(), 'inspector-copy-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  return (name) => join(root, name);
}

async function serving(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function journalWith(directory: string, commits: number) {
  const journal = openSqliteJournal({ directory, appKey: 'alpha' });
  for (let count = 0; count < commits; count++) journal.commit(batchOf(journal, [clock], [{}]), 'full');
  return journal;
}

test('the store of another instance takes the place of one that is kept aside, the newest two', async (t) => {
  const at = directories(t);
  const active = journalWith(at('active'), 5);
  const url = await serving(t, (request, response) => {
    assert.equal(request.headers.authorization, 'Bearer secret');
    void active.copyTo(at('sent.db')).then(async () => {
      const { createReadStream } = await import('node:fs');
      createReadStream(at('sent.db')).pipe(response);
    });
  });
  journalWith(at('own'), 2).close();
  for (let now = 1; now <= 4; now++) {
    await copyStore({ url, token: 'secret', directory: at('own'), now: () => now, log });
    const copy = openSqliteJournal({ directory: at('own'), appKey: 'alpha' });
    assert.equal(copy.lastInput, 5);
    copy.close();
  }
  active.close();
  const aside = readdirSync(at('own')).filter((name) => name.includes('.replaced-'));
  assert.deepEqual(aside.sort(), ['inspector.db.replaced-3', 'inspector.db.replaced-4']);
});

test('a refusal, or a copy that breaks off, leaves the store as it was', async (t) => {
  const at = directories(t);
  journalWith(at('own'), 2).close();
  const refusing = await serving(t, (_request, response) => void response.writeHead(503).end());
  const breaking = await serving(t, (_request, response) => {
    response.writeHead(200, { 'content-length': '100000' });
    response.write('half of it', () => response.destroy());
  });
  for (const url of [refusing, breaking]) {
    await assert.rejects(copyStore({ url, token: null, directory: at('own'), now: () => 1, log }));
  }
  assert.ok(!readdirSync(at('own')).some((name) => name.includes('.part') || name.includes('.replaced')));
  const own = openSqliteJournal({ directory: at('own'), appKey: 'alpha' });
  assert.equal(own.lastInput, 2);
  own.close();
});
