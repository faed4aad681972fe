import assert from 'node:assert/strict';
import test from 'node:test';
import type { Options } from '@inspector/contract';
import type { EngineInput } from '@inspector/engine';
import type { Journal } from '../journal/journal.ts';
import { createMemoryJournal } from '../journal/memory-journal.ts';
import type { Frame } from '../replication/frame.ts';
import { type Replica, replicaError } from '../replication/replica.ts';
import { createRunner } from './runner.ts';
import type { Runner } from './runner-port.ts';
import { createSimulatedClock, type SimulatedClock } from './simulated-clock.ts';
import { type SmallEngine, smallEngine } from './small-engine.ts';

const genesis = { options: {} as Options, zone: {} as never, appKey: 'inspector' };
const quiet = { info() {}, warn() {}, error() {} };

/** A stream that takes what it is told to take. */
interface Stream extends Replica {
  frames: Frame[];
  mode: 'takes' | 'silent' | 'down' | 'fenced';
  /** Answers what was silent. */
  answer(): void;
}

function createStream(): Stream {
  const silent: (() => void)[] = [];
  const stream: Stream = {
    frames: [],
    mode: 'takes',
    async append(frame) {
      if (stream.mode === 'down') throw replicaError('REPLICA_UNREACHABLE', 'connection refused');
      if (stream.mode === 'fenced') throw replicaError('FENCED', 'epoch 2 acts');
      stream.frames.push(frame);
      if (stream.mode === 'silent') await new Promise<void>((resolve) => void silent.push(resolve));
    },
    answer: () => {
      for (const resolve of silent.splice(0)) resolve();
    },
  };
  return stream;
}

interface Bench {
  runner: Runner<SmallEngine>;
  journal: Journal;
  clock: SimulatedClock;
  stream: Stream;
  left: string[];
}

function open(stream = createStream()): Bench {
  const left: string[] = [];
  const clock = createSimulatedClock(1_000_000);
  const journal = createMemoryJournal();
  const runner = createRunner({
    core: smallEngine,
    genesis,
    journal,
    clock,
    version: '0',
    log: quiet,
    replica: stream,
    onFailed: (error) => left.push(`failed ${error}`),
    onReplaced: (reason) => left.push(`replaced: ${reason}`),
    sinks: {
      effects: (effects) => {
        for (const each of effects) {
          if (each.kind === 'place')
            left.push(`${each.order.reduceOnly ? 'exit' : 'entry'} ${each.order.clientOrderId}`);
        }
      },
      records: (records) => void left.push(...records.map(({ seq }) => `record ${seq}`)),
      events: (events) => void left.push(...events.map(({ seq }) => `event ${seq}`)),
      alerts: (alerts) => void left.push(...alerts.map(({ code }) => `alert ${code}`)),
    },
  });
  return { runner, journal, clock, stream, left };
}

async function started(): Promise<Bench> {
  const bench = open();
  bench.runner.start(1);
  await settle();
  bench.left.length = 0;
  return bench;
}

const settle = () => new Promise<void>((resolve) => void setImmediate(resolve));
const request = (requestId: string, type: 'open' | 'close' = 'open'): EngineInput => ({
  kind: 'request',
  now: 0,
  eventId: `event-${requestId}`,
  type,
  source: 'DETECTOR',
  request: { requestId },
});

test('an entry leaves when the stream holds its commit, an exit at once', async () => {
  const { runner, clock, stream, left } = await started();
  stream.mode = 'silent';
  runner.submit(request('a'));
  clock.advance(0);
  await settle();
  assert.equal(left.length, 0);
  runner.submit(request('b', 'close'));
  clock.advance(0);
  await settle();
  assert.equal(left.length, 1);
  assert.match(left[0]!, /^exit/);
  stream.answer();
  await settle();
  assert.ok(left.some((each) => each.startsWith('entry')));
});

test('what a question is answered waits for the stream', async () => {
  const { runner, clock, stream } = await started();
  stream.mode = 'silent';
  let answered = false;
  const asked = runner.ask({ kind: 'command', now: 0, command: 'x', actor: 'me', fields: {} }).then((reply) => {
    answered = true;
    return reply;
  });
  clock.advance(0);
  await settle();
  assert.equal(answered, false);
  stream.answer();
  assert.equal((await asked).ok, true);
});

test('while the stream takes nothing, entries are refused, exits leave, and the runner says why', async () => {
  const { runner, clock, stream, left } = await started();
  stream.mode = 'down';
  runner.submit(request('a'));
  clock.advance(0);
  await settle();
  await settle();
  assert.deepEqual(left, ['alert REPLICA_UNREACHABLE']);
  assert.equal(runner.submit(request('b')), 'not-approving');
  runner.submit(request('c', 'close'));
  clock.advance(0);
  assert.match(left.at(-1)!, /^exit/);
  const { phase, code, reason } = runner.health();
  assert.deepEqual([phase, code, reason], ['stalled', 'REPLICA_UNREACHABLE', 'connection refused']);

  stream.mode = 'takes';
  clock.advance(5_000);
  for (let turns = 0; turns < 20; turns++) {
    clock.advance(1_000);
    clock.advance(0);
    await settle();
  }
  assert.equal(runner.health().phase, 'running');
  assert.equal(runner.submit(request('d')), 'taken');
  assert.ok(!left.some((each) => each.startsWith('entry')), 'the entry of before had been given up');
});

test('a stream that is silent for a second shuts entries, one that answers sooner does not', async () => {
  const { runner, clock, stream } = await started();
  stream.mode = 'silent';
  runner.submit(request('a'));
  clock.advance(0);
  await settle();
  clock.advance(999);
  assert.equal(runner.health().phase, 'running');
  clock.advance(1);
  assert.equal(runner.health().phase, 'stalled');
  stream.mode = 'takes';
  for (let turns = 0; turns < 5; turns++) {
    stream.answer();
    await settle();
    clock.advance(0);
  }
  assert.equal(runner.health().phase, 'running');
});

test('an instance that was replaced lets nothing leave any more', async () => {
  const { runner, clock, stream, left } = await started();
  stream.mode = 'fenced';
  runner.submit(request('a'));
  clock.advance(0);
  await settle();
  assert.deepEqual(left, ['replaced: epoch 2 acts']);
  assert.equal(runner.submit(request('b', 'close')), 'refused');
  const reply = await runner.ask({ kind: 'command', now: 0, command: 'x', actor: 'me', fields: {} });
  assert.deepEqual([reply.status, reply.ok ? '' : reply.code], [503, 'STANDBY']);
  assert.equal(runner.health().phase, 'replaced');
});

test('a standby that is given every commit has the same engine, store and audit, and goes on from there', async () => {
  const active = await started();
  const standby = open();
  standby.runner.standBy();
  for (const id of ['a', 'b', 'c']) {
    active.runner.submit(request(id));
    active.runner.mark({ 'bus:acct:x': `${id}-0` });
    active.clock.advance(0);
    await settle();
  }
  for (const frame of active.stream.frames) standby.runner.follow(frame);
  const hashOf = ({ runner }: Bench) => smallEngine.hash(runner.engine);
  assert.equal(hashOf(standby), hashOf(active));
  assert.equal(standby.runner.chain, active.runner.chain);
  assert.deepEqual([...standby.journal.auditLines(1, 99)], [...active.journal.auditLines(1, 99)]);
  assert.deepEqual(standby.runner.positions(), { 'bus:acct:x': 'c-0' });
  assert.equal(standby.journal.readMeta('epoch'), '1');
  assert.ok(
    standby.left.every((each) => each.startsWith('record')),
    standby.left.join(),
  );
  assert.equal(standby.runner.submit(request('z')), 'refused');
  const reply = await standby.runner.ask({ kind: 'command', now: 0, command: 'x', actor: 'me', fields: {} });
  assert.equal(reply.ok ? '' : reply.code, 'STANDBY');

  standby.runner.start(2);
  assert.equal(standby.runner.epoch, 2);
  assert.equal(standby.runner.submit(request('d')), 'taken');
});

test('a standby takes a commit once, and neither a later one, nor one of another history, nor a changed one', async () => {
  const active = await started();
  for (const id of ['a', 'b']) {
    active.runner.submit(request(id));
    active.clock.advance(0);
    await settle();
  }
  const [first, second, third] = active.stream.frames as [Frame, Frame, Frame];
  const standby = open();
  standby.runner.standBy();
  standby.runner.follow(first);
  standby.runner.follow(first);
  assert.throws(() => standby.runner.follow(third), { code: 'STANDBY_BEHIND' });
  assert.throws(() => standby.runner.follow({ ...second, previous: 'other' }), { code: 'STANDBY_DIVERGED' });
  assert.throws(() => standby.runner.follow({ ...second, lines: second.lines.slice(1) }), { code: 'STANDBY_DIVERGED' });
  assert.throws(() => standby.runner.follow({ ...first, chain: 'other' }), { code: 'STANDBY_DIVERGED' });
  standby.runner.follow(second);
  standby.runner.follow(third);
  assert.equal(standby.runner.chain, active.runner.chain);
});
