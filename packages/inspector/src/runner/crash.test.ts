/** `kill -9` of a real process under load, again and again in one data directory, and what must be there each time. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { AuditRecord, Options } from '@inspector/contract';
import type { Journal } from '../journal/journal.ts';
import { openSqliteJournal } from '../journal/sqlite-journal.ts';
import { recover } from './recover.ts';
import { smallEngine } from './small-engine.ts';

const KILLS = 24;
/** The kill comes this long after the process began to work, at most. */
const LONGEST_LIFE_MS = 350;
const worker = fileURLToPath(new URL('./crash-worker.ts', import.meta.url));
const genesis = { options: {} as Options, zone: {} as never, appKey: 'inspector' };

const directory = mkdtempSync(join(tmpdir(), 'inspector-crash-'));
after(() => rmSync(directory, { recursive: true, force: true }));

interface Said {
  epoch: number;
  /** Highest `seq` that was acknowledged, by a reply or to the views. */
  seq: number;
  orders: string[];
  errors: string[];
}

/** Lets a process work for `lifeMs`, kills it, and tells what it had said. */
async function liveAndDie(round: number, lifeMs: number): Promise<Said> {
  const child = spawn(process.execPath, [worker, directory, String(round + 1)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  const began = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('epoch ')) resolve();
    });
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_, signal) => resolve(signal)));
  await Promise.race([began, ended]);
  await pause(lifeMs);
  child.kill('SIGKILL');
  assert.equal(await ended, 'SIGKILL', 'the process was alive until it was killed');
  const lines = text.slice(0, text.lastIndexOf('\n')).split('\n');
  const of = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const seqs = [...of('seq'), ...of('reply')].map(Number);
  return { epoch: Number(of('epoch')[0]), seq: Math.max(0, ...seqs), orders: of('order'), errors: of('error') };
}

/** Every record from 1 on, read from the store. */
function readAudit(journal: Journal): AuditRecord[] {
  return [...journal.auditLines(1, journal.lastSeq)].map((line) => JSON.parse(line) as AuditRecord);
}

test(`${KILLS} × kill -9 under load: nothing acknowledged is lost, no hole, no order twice, state = replay`, async () => {
  const ordersSent = new Set<string>();
  for (let round = 0; round < KILLS; round++) {
    const said = await liveAndDie(round, Math.random() * LONGEST_LIFE_MS);
    assert.deepEqual(said.errors, []);
    assert.equal(said.epoch, round + 1);
    const journal = openSqliteJournal({ directory, appKey: 'inspector' });
    try {
      const audit = readAudit(journal);
      assert.ok(journal.lastSeq >= said.seq, `record ${said.seq} was acknowledged, ${journal.lastSeq} is the last`);
      for (const [index, record] of audit.entries()) assert.equal(record.seq, index + 1);

      const intents = new Set(
        audit
          .filter((each) => each.kind === 'ORDER_INTENT')
          .map((each) => (each.data as { order: { clientOrderId: string } }).order.clientOrderId),
      );
      for (const id of said.orders) {
        assert.ok(intents.has(id), `order ${id} left without a durable intent`);
        assert.ok(!ordersSent.has(id), `order ${id} left twice`);
        ordersSent.add(id);
      }

      const recovered = smallEngine.hash(recover(smallEngine, journal, genesis).engine);
      const fresh = smallEngine.create({ ...genesis, epoch: 0 });
      journal.readInputs(0, (input) => smallEngine.step(fresh, input));
      assert.equal(recovered, smallEngine.hash(fresh), 'snapshot + tail = all inputs from the start');
    } finally {
      journal.close();
    }
  }
  assert.ok(ordersSent.size > KILLS, `only ${ordersSent.size} orders: that was no load`);
});
