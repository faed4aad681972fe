/** `kill -9` of a real process under load, again and again in one data directory, and what must be there each time. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { AuditRecord } from '@inspector/contract';
import type { Journal } from '../journal/journal.ts';
import { openSqliteJournal } from '../journal/sqlite-journal.ts';
import { crashGenesis } from './crash-genesis.ts';
import { inspectorEngine } from './inspector-engine.ts';
import { recover } from './recover.ts';

const KILLS = 20;
/** In these rounds the state is compared with a replay of everything since the directory was made. */
const REPLAY_EVERY = 10;
/** The kill comes this long after the process began to work, at most. */
const LONGEST_LIFE_MS = 250;
const worker = fileURLToPath(new URL('./crash-worker.ts', import.meta.url));

const directory = mkdtempSync(join(tmpdir(), 'inspector-crash-'));
const children = new Set<ChildProcess>();
after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

interface Said {
  epoch: number;
  /** Highest `seq` that was acknowledged, by a reply or to the views. */
  seq: number;
  orders: string[];
  errors: string[];
}

/** A process that has loaded its code and waits for the word to open the directory. */
function getReady(round: number) {
  const child = spawn(process.execPath, [worker, directory, String(round)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(directory, '.compile-cache') },
  });
  children.add(child);
  child.stdin.on('error', () => {}); // a process that failed while loading is told by its missing epoch
  child.once('close', () => children.delete(child));
  return child;
}

/** Lets a process work for `lifeMs`, kills it, and tells what it had said. */
async function liveAndDie(child: ReturnType<typeof getReady>, lifeMs: number): Promise<Said> {
  let text = '';
  const began = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('epoch ')) resolve();
    });
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_, signal) => resolve(signal)));
  child.stdin.write('go\n');
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

/** What the rounds so far left in the directory. */
interface Seen {
  /** Highest `seq` looked at, and its line: nothing before it may change. */
  seq: number;
  line: string;
  intents: Set<string>;
  sent: Set<string>;
}

/** The records of this round: they follow those of the rounds before without a hole. */
function checkAudit(journal: Journal, seen: Seen): void {
  if (seen.seq > 0) assert.deepEqual([...journal.auditLines(seen.seq, seen.seq)], [seen.line]);
  for (const line of journal.auditLines(seen.seq + 1, journal.lastSeq)) {
    const record = JSON.parse(line) as AuditRecord;
    assert.equal(record.seq, seen.seq + 1);
    seen.seq = record.seq;
    seen.line = line;
    if (record.kind === 'ORDER_INTENT' && record.orderId !== undefined) seen.intents.add(record.orderId);
  }
  assert.equal(seen.seq, journal.lastSeq);
}

function checkOrders(orders: string[], seen: Seen): void {
  for (const id of orders) {
    assert.ok(seen.intents.has(id), `order ${id} left without a durable intent`);
    assert.ok(!seen.sent.has(id), `order ${id} left twice`);
    seen.sent.add(id);
  }
}

/** `recover` itself compares what the tail gives with the stored audit, byte for byte. */
function checkState(journal: Journal, fromTheStart: boolean): void {
  const recovered = recover(inspectorEngine, journal, crashGenesis).engine;
  if (!fromTheStart) return;
  const fresh = inspectorEngine.create({ ...crashGenesis, epoch: 0 });
  journal.readInputs(0, (input) => inspectorEngine.step(fresh, input));
  const hashes = [recovered, fresh].map((engine) => inspectorEngine.hash(engine));
  assert.equal(hashes[0], hashes[1], 'snapshot + tail = all inputs from the start');
}

test(`${KILLS} × kill -9 under load: nothing acknowledged is lost, no hole, no order twice, state = replay`, async () => {
  const seen: Seen = { seq: 0, line: '', intents: new Set(), sent: new Set() };
  let next = getReady(1);
  for (let round = 1; round <= KILLS; round++) {
    const child = next;
    if (round < KILLS) next = getReady(round + 1); // loading the code takes longer than the round
    const said = await liveAndDie(child, Math.random() * LONGEST_LIFE_MS);
    assert.deepEqual(said.errors, []);
    assert.equal(said.epoch, round);
    const journal = openSqliteJournal({ directory, appKey: 'inspector' });
    try {
      assert.ok(journal.lastSeq >= said.seq, `record ${said.seq} was acknowledged, ${journal.lastSeq} is the last`);
      checkAudit(journal, seen);
      checkOrders(said.orders, seen);
      checkState(journal, round % REPLAY_EVERY === 0);
    } finally {
      journal.close();
    }
  }
  assert.ok(seen.sent.size > KILLS, `only ${seen.sent.size} orders: that was no load`);
});
