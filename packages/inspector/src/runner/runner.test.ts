import assert from 'node:assert/strict';
import test from 'node:test';
import type { AuditRecord, Options } from '@inspector/contract';
import type { EngineInput } from '@inspector/engine';
import fc from 'fast-check';
import type { Journal } from '../journal/journal.ts';
import { JournalError } from '../journal/journal-error.ts';
import { createMemoryJournal } from '../journal/memory-journal.ts';
import { createRunner } from './runner.ts';
import type { Runner } from './runner-port.ts';
import { createSimulatedClock, type SimulatedClock } from './simulated-clock.ts';
import { type SmallEngine, smallEngine } from './small-engine.ts';

interface Bench {
  runner: Runner<SmallEngine>;
  journal: Journal;
  clock: SimulatedClock;
  /** What left, in order. */
  left: string[];
  failures: unknown[];
}

const quiet = { info() {}, warn() {}, error() {} };
const genesis = { options: {} as Options, zone: {} as never, appKey: 'inspector' };

function openRunner(journal = createMemoryJournal(), clock = createSimulatedClock(1_000_000)): Bench {
  const left: string[] = [];
  const failures: unknown[] = [];
  const storedOrEarly = (seq: number) => (seq <= journal.lastSeq ? '' : ' before it was durable');
  const runner = createRunner({
    core: smallEngine,
    genesis,
    journal,
    clock,
    version: '0',
    log: quiet,
    onFailed: (error) => failures.push(error),
    sinks: {
      effects: (effects) => {
        for (const each of effects) {
          if (each.kind === 'place') left.push(`order ${each.order.clientOrderId} of ${journal.lastSeq} stored`);
        }
      },
      records: (records) => {
        for (const each of records) left.push(`record ${each.seq}${storedOrEarly(each.seq)}`);
      },
      events: (events) => {
        for (const each of events) left.push(`event ${each.seq}${storedOrEarly(each.seq)}`);
      },
      alerts: (alerts) => {
        for (const each of alerts) left.push(`alert ${each.code}${storedOrEarly(each.seq)}`);
      },
    },
  });
  return { runner, journal, clock, left, failures };
}

function started(journal?: Journal, clock?: SimulatedClock): Bench {
  const bench = openRunner(journal, clock);
  bench.runner.start();
  bench.left.length = 0;
  return bench;
}

const request = (requestId: string, type: 'open' | 'close' = 'open'): EngineInput => ({
  kind: 'request',
  now: 0,
  eventId: `event-${requestId}`,
  type,
  source: 'DETECTOR',
  request: { requestId },
});
const trade = (price: number): EngineInput => ({
  kind: 'trade',
  now: 0,
  symbol: 0,
  price,
  quantity: 1,
  time: 999_999,
  market: true,
  seq: Number.NaN,
});
const command = (name: string, fields: Record<string, unknown> = {}) =>
  ({ kind: 'command', now: 0, command: name, actor: 'ann', fields }) as const;

/** A journal of which `commit` fails while `fault.error` is set. */
function faulty(journal: Journal): { journal: Journal; fault: { error?: JournalError } } {
  const fault: { error?: JournalError } = {};
  const wrapped: Journal = Object.create(journal, {
    commit: {
      value: (...args: Parameters<Journal['commit']>) => {
        if (fault.error) throw fault.error;
        journal.commit(...args);
      },
    },
  });
  return { journal: wrapped, fault };
}

const full = () => new JournalError('JOURNAL_FULL', 'no space left');

test('everything of one turn is one commit, and nothing leaves before it', () => {
  const { runner, journal, clock, left } = started();
  const commits = runner.health().commits;
  runner.submit(request('a'));
  runner.submit(request('b'));
  runner.submit(trade(5000));
  assert.deepEqual(left, []);
  assert.equal(journal.lastSeq, 1);
  clock.advance(0);
  assert.equal(runner.health().commits, commits + 1);
  assert.deepEqual(left, [
    'order order1 of 6 stored',
    'order order2 of 6 stored',
    'record 2',
    'record 3',
    'record 4',
    'record 5',
    'record 6',
    'event 6',
  ]);
});

test('market data alone is stored within 10 ms, and at once with the next record', () => {
  const { runner, journal, clock } = started();
  runner.submit(trade(1));
  clock.advance(9);
  assert.equal(journal.lastInput, 1);
  clock.advance(1);
  assert.equal(journal.lastInput, 2);
  runner.submit(trade(2));
  runner.submit(request('a'));
  clock.advance(0);
  assert.equal(journal.lastInput, 4);
});

test('time given to the engine never goes back, over a restart too', () => {
  const journal = createMemoryJournal();
  const first = started(journal, createSimulatedClock(5000));
  first.runner.submit(request('a'));
  first.runner.flush();
  const second = started(journal, createSimulatedClock(4000));
  second.runner.submit(request('b'));
  second.runner.flush();
  const times = [...journal.auditLines(1, journal.lastSeq)].map((line) => (JSON.parse(line) as AuditRecord).ts);
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
  assert.ok(times.every((ts) => ts >= 5000));
});

test('a timer of the engine fires at its due time without any other input', async () => {
  const { runner, journal, clock } = started();
  const reply = runner.ask(command('timer', { inMs: 500 }));
  clock.advance(0);
  assert.equal((await reply).ok, true);
  const before = journal.lastSeq;
  clock.advance(499);
  assert.equal(journal.lastSeq, before);
  clock.advance(1);
  assert.equal(journal.lastSeq, before + 1);
});

test('a question is answered when its answer is durable', async () => {
  const { runner, journal, clock } = started();
  let reply: unknown;
  runner.ask(command('standdown', { enabled: true })).then((each) => {
    reply = { ...each, stored: journal.lastSeq };
  });
  await Promise.resolve();
  assert.equal(reply, undefined);
  clock.advance(0);
  await Promise.resolve();
  assert.deepEqual(reply, { replyTo: 1, ok: true, status: 200, result: { seq: 2 }, stored: 2 });
});

test('durable() resolves once what must not be lost is stored, and does not wait for market data alone', async () => {
  const { runner, journal, clock } = started();
  await runner.durable();
  runner.submit(trade(1));
  await runner.durable();
  assert.equal(journal.lastInput, 1);
  runner.submit(request('a'));
  const durable = runner.durable().then(() => journal.lastInput);
  clock.advance(0);
  assert.equal(await durable, 3);
});

test('a picture shows durable state only and is made at most every 100 ms', () => {
  const { runner, journal, clock } = started();
  runner.submit(request('a'));
  assert.equal(runner.picture().seq, 3);
  assert.equal(journal.lastSeq, 3);
  const picture = runner.picture();
  runner.submit(request('b'));
  clock.advance(99);
  assert.equal(runner.picture(), picture);
  clock.advance(1);
  assert.equal(runner.picture().seq, 5);
});

test('who was answered sees what he asked for, however young the picture is', async () => {
  const { runner, clock } = started();
  assert.equal(runner.picture().seq, 1);
  const reply = runner.ask(command('standdown'));
  clock.advance(0);
  await reply;
  assert.equal(runner.picture().seq, 2);
});

test('an input that JSON would change is applied as it will be read back', () => {
  const { runner, journal } = started();
  const odd = request('a');
  assert.ok(odd.kind === 'request');
  Object.assign(odd.request, { quantity: Number.NaN, zero: -0, when: new Date(0), nothing: undefined });
  assert.equal(runner.submit(odd), 'taken');
  runner.flush();
  const other = openRunner(journal);
  assert.equal(smallEngine.hash(other.runner.engine), smallEngine.hash(runner.engine));
});

test('an input that cannot be written is not applied and not stored', () => {
  const { runner, journal } = started();
  const before = smallEngine.hash(runner.engine);
  const cyclic = request('a');
  assert.ok(cyclic.kind === 'request');
  cyclic.request.self = cyclic.request;
  assert.equal(runner.submit(cyclic), 'refused');
  runner.flush();
  assert.equal(smallEngine.hash(runner.engine), before);
  assert.equal(runner.health().unwritable, 1);
  assert.equal(journal.lastInput, 1);
});

test('a bug in the engine ends the runner; what came before it is stored and leaves', async () => {
  const { runner, journal, failures, left } = started();
  runner.submit(request('a'));
  const reply = await runner.ask(command('fault'));
  assert.deepEqual([reply.ok, reply.status], [false, 503]);
  assert.equal(failures.length, 1);
  assert.deepEqual([runner.health().phase, runner.health().code], ['failed', 'ENGINE_FAILED']);
  assert.ok(left.includes('order order1 of 3 stored'));
  assert.equal(runner.submit(request('b')), 'refused');
  assert.equal(openRunner(journal).runner.engine.orders, 1);
});

test('hash(live) = hash(journal from the start) = hash(snapshot + tail), whatever the inputs', () => {
  const input = fc.oneof(
    fc.double().map(trade),
    fc.integer({ min: 0, max: 5000 }).map(trade),
    fc.string().map((id) => request(id)),
    fc.nat({ max: 50 }).map((inMs) => command('timer', { inMs })),
    fc.nat({ max: 40 }).map((ms) => ({ wait: ms })),
    fc.constantFrom('snapshot', 'flush', 'restart' as const),
  );
  fc.assert(
    fc.property(fc.array(input, { maxLength: 60 }), (inputs) => {
      const journal = createMemoryJournal();
      const clock = createSimulatedClock(1_000_000);
      let bench = started(journal, clock);
      for (const each of inputs) {
        if (each === 'snapshot') bench.runner.snapshot();
        else if (each === 'flush') bench.runner.flush();
        else if (each === 'restart') {
          bench.runner.flush();
          bench = started(journal, clock);
        } else if (typeof each === 'object' && 'wait' in each) clock.advance(each.wait);
        else bench.runner.submit(structuredClone(each) as EngineInput);
      }
      bench.runner.flush();
      const live = smallEngine.hash(bench.runner.engine);
      assert.equal(smallEngine.hash(openRunner(journal).runner.engine), live);
      const fresh = smallEngine.create({ ...genesis, epoch: 0 });
      journal.readInputs(0, (stored) => smallEngine.step(fresh, stored));
      assert.equal(smallEngine.hash(fresh), live);
    }),
    { numRuns: 60 },
  );
});

test('a journal whose audit is not what its inputs give is JOURNAL_DIVERGED', () => {
  const { runner, journal } = started();
  runner.submit(request('a'));
  runner.flush();
  const forged: Journal = Object.create(journal, {
    auditLines: {
      value: function* (from: number, to: number) {
        for (const line of journal.auditLines(from, to)) yield line.replace('REQUEST_DECIDED', 'REQUEST_DENIED');
      },
    },
  });
  assert.throws(() => openRunner(forged), { code: 'JOURNAL_DIVERGED' });
});

test('a snapshot or an input that this engine cannot take is JOURNAL_DIVERGED', () => {
  const { runner, journal } = started();
  runner.stop('SIGTERM');
  const forged: Journal = Object.create(journal, {
    snapshots: {
      value: () => journal.snapshots().map((each) => ({ ...each, state: { now: 0, engine: { half: [] } } })),
    },
  });
  assert.throws(() => openRunner(forged), { code: 'JOURNAL_DIVERGED', message: /does not restore/ });

  const other = started();
  other.runner.submit(trade(1));
  other.runner.flush();
  const poisoned: Journal = Object.create(other.journal, {
    readInputs: {
      value: (_after: number, visit: (input: EngineInput, number: number) => void) => visit(command('fault'), 1),
    },
  });
  assert.throws(() => openRunner(poisoned), { code: 'JOURNAL_DIVERGED', message: /kind command/ });
});

test('a snapshot is taken in a pause, once there is enough to replay', () => {
  const { runner, clock } = started();
  for (let i = 0; i < 100_000; i++) runner.submit(trade(1));
  runner.flush();
  assert.equal(runner.health().snapshotInput, 0);
  clock.advance(30);
  assert.equal(runner.health().snapshotInput, 100_001);
});

test('a clean stop leaves nothing to replay and says why it ended', () => {
  const { runner, journal, left } = started();
  runner.submit(request('a'));
  runner.stop('SIGTERM');
  assert.equal(runner.health().phase, 'stopped');
  assert.ok(left.includes('record 4'));
  assert.equal(journal.snapshots()[0]!.input, journal.lastInput);
  assert.equal(runner.submit(trade(1)), 'refused');
});

test('after a stop, questions and requests are refused with 503, not lost in silence', async () => {
  const { runner } = started();
  runner.stop('SIGTERM');
  const reply = await runner.ask(command('standdown'));
  assert.deepEqual([reply.ok, reply.status, reply.ok ? '' : reply.code], [false, 503, 'NOT_READY']);
});

test('while nothing can be stored, entries are not approved, exits leave, and all is stored when it can be', async () => {
  const { journal, fault } = faulty(createMemoryJournal());
  const { runner, clock, left } = started(journal);
  fault.error = full();
  runner.submit(request('a'));
  clock.advance(0);
  assert.deepEqual([runner.health().phase, runner.health().code], ['stalled', 'JOURNAL_FULL']);
  assert.deepEqual(left, ['alert STORE_UNAVAILABLE']);

  assert.equal(runner.submit(request('b')), 'not-approving');
  assert.equal(runner.submit(request('c', 'close')), 'taken');
  assert.deepEqual(left.slice(1), ['order order2 of 1 stored']); // only the exit, at once
  const check = await runner.ask({ kind: 'check', now: 0, request: { requestId: 'd' }, actor: 'ann' });
  assert.deepEqual([check.status, check.ok ? '' : check.code], [503, 'STORE_UNAVAILABLE']);
  const close = runner.ask(command('close', { positionId: 'p' }));
  assert.equal(left.length, 3);

  fault.error = undefined as never;
  clock.advance(2000);
  assert.equal((await close).status, 200);
  assert.equal(runner.health().phase, 'running');
  clock.advance(0);
  const records = [...journal.auditLines(1, journal.lastSeq)].map((line) => JSON.parse(line) as AuditRecord);
  assert.deepEqual(
    records.map((record) => record.seq),
    records.map((_, index) => index + 1),
  );
  const rejected = records.filter((record) => record.kind === 'ORDER_RESULT');
  assert.equal(rejected.length, 1, 'the entry whose intent could not be stored was told rejected');
  const letters = records.filter((record) => record.kind === 'DEAD_LETTER');
  assert.deepEqual([letters.length, letters[0]!.code], [1, 'STORE_UNAVAILABLE']);
  assert.equal(left.filter((each) => each.startsWith('order')).length, 2, 'no order left twice');
  assert.equal(smallEngine.hash(openRunner(journal).runner.engine), smallEngine.hash(runner.engine));
});

test('a question taken in a stall is answered 503 when it lasts, because its answer is not stored', async () => {
  const { journal, fault } = faulty(createMemoryJournal());
  const { runner, clock } = started(journal);
  fault.error = full();
  runner.submit(request('a'));
  clock.advance(0);
  const kill = runner.ask(command('kill-switch/trigger'));
  clock.advance(20_000);
  const reply = await kill;
  assert.deepEqual([reply.ok, reply.status], [false, 503]);
});

test('memory stays bounded in a stall: market data is thinned, then everything but it is told that it was not taken', () => {
  const { journal, fault } = faulty(createMemoryJournal());
  const { runner, clock } = started(journal);
  fault.error = full();
  runner.submit(request('a'));
  clock.advance(0);
  const noise = { ...command('close'), actor: 'x'.repeat(1024 * 1024) };
  for (let i = 0; i < 40; i++) runner.submit({ ...noise });
  assert.equal(runner.submit(trade(1)), 'taken');
  assert.equal(runner.submit(trade(1)), 'shed');
  clock.advance(1000);
  assert.equal(runner.submit(trade(1)), 'taken');
  for (let i = 0; i < 80; i++) runner.submit({ ...noise });
  assert.equal(runner.submit({ ...noise }), 'refused');
  assert.ok(runner.health().pendingBytes < 70 * 1024 * 1024);
  assert.ok(runner.health().refused > 0 && runner.health().shed === 1);
});
