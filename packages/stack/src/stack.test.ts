/**
 * `npm run stack` from nothing, and each of its parts killed in turn. Nothing in it is a stand-in: Redis, QuestDB and the
 * four processes are the real ones.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { AuditRecord } from '@inspector/contract';
import { questdbMissing, redisMissing } from '@inspector/servers';
import { DETECTOR } from '#programs.ts';
import { barePythonDetector, pythonDetector, startDetector, typescriptDetector } from '#testing/detector-program.ts';
import { type InspectorName, startStackProgram } from '#testing/running-stack.ts';
import { temporaryDirectory } from '#testing/temporary-directory.ts';
import { until } from '#testing/until.ts';
import { openPidFiles } from './pid-files.ts';
import { identityOf } from './process-identity.ts';
import { readState } from './state-file.ts';

/** From nothing to decisions, positions and a copy in QuestDB. */
const UP_WITHIN_MS = 60_000;
/** A part that was killed is back, and decisions are made again. */
const BACK_WITHIN_MS = 60_000;
/** `nakedMaxMs` + 3.5 s, and the venue's latency on a busy machine. */
const NAKED_MAX_MS = 5_000 + 3_500 + 1_500;

const skip = redisMissing() ?? false;
/** Without QuestDB the rest must hold all the same. */
const noQuestdb = await questdbMissing();
const processOf: Record<InspectorName, string> = { inspector: 'inspector-1', standby: 'inspector-2' };
const other = (name: InspectorName): InspectorName => (name === 'inspector' ? 'standby' : 'inspector');
const isAllowed = ({ kind, code, detectorSysname }: AuditRecord): boolean =>
  kind === 'REQUEST_DECIDED' && code === 'OK' && detectorSysname === DETECTOR;
const python = skip === false ? pythonDetector() : undefined;

test('the stack works from nothing, and after each of its parts was killed', { skip, timeout: 900_000 }, async (t) => {
  const directory = temporaryDirectory(t);
  const stack = await startStackProgram(t, directory, UP_WITHIN_MS);
  t.diagnostic(stack.output());

  /** A decision on a request of the detector, after a record. */
  const decidedAfter = (seq: number, withinMs: number) =>
    until(`a request of the detector is allowed after record ${seq}`, withinMs, async () => {
      const acting = await stack.acting();
      if (acting === undefined) return false;
      const records = await stack.records(acting);
      return records.some((record) => record.seq > seq && isAllowed(record)) && acting;
    });
  const lastSeq = async () => {
    const { data } = await stack.ask<{ data: AuditRecord[] }>('/risk/audit?limit=1');
    return data[0]!.seq;
  };
  /** QuestDB, where there is one, has each record up to `seq` once. */
  const copiedTo = async (seq: number, withinMs: number) =>
    noQuestdb !== undefined ||
    until(`QuestDB has every record up to ${seq} once`, withinMs, async () => {
      const rows = await stack.query('select count(), count_distinct(seq), min(seq), max(seq) from inspector_audit');
      const [count, distinct, first, last] = rows[0]!;
      if (last! < seq) return false;
      assert.deepEqual({ count, distinct, first }, { count: last, distinct: last, first: 1 });
      return true;
    });
  const standbyFollows = (withinMs: number) =>
    until('one instance acts and the other has all that it had', withinMs, async () => {
      const acting = await stack.acting();
      if (acting === undefined) return false;
      const { lastSeq } = await stack.instance(acting);
      return until('it follows', 5_000, async () => {
        const standby = await stack.instance(other(acting));
        return standby.role === 'standby' && standby.lastSeq >= lastSeq && acting;
      });
    });
  /** kill -9, and it runs again under another pid. */
  const killed = async (name: string) => {
    const before = await until(`${name} runs`, BACK_WITHIN_MS, () => stack.running(name));
    process.kill(before.pid, 'SIGKILL');
    await until(`${name} runs again`, BACK_WITHIN_MS, () => {
      const now = stack.running(name);
      return now !== undefined && now.identity !== before.identity;
    });
  };

  await t.test('from nothing there are decisions, protected positions, a copy and a standby that follows', async () => {
    await decidedAfter(0, UP_WITHIN_MS);
    await until('a position has a stop that works', UP_WITHIN_MS, async () => {
      const { data } = await stack.ask<{ data: { protection: { state: string }; source: string }[] }>(
        '/risk/runtime-positions',
      );
      return data.some(({ protection }) => protection.state === 'working');
    });
    await copiedTo(await lastSeq(), UP_WITHIN_MS);
    await standbyFollows(UP_WITHIN_MS);
  });

  await t.test('it pauses while a kill switch holds, and goes on when it is armed again', async () => {
    const log = () => readFileSync(join(directory, 'logs/detector.log'), 'utf8');
    await stack.tell('/kill-switch/trigger', { scope: 'global', reason: 'a test', confirm: true });
    await until('the detector pauses', BACK_WITHIN_MS, () => /paused by kill switch .*: a test\n/.test(log()));
    await until('it can be armed again', BACK_WITHIN_MS, async () => {
      await stack.tell('/kill-switch/rearm', { incidentId: 'latest', reason: 'a test', actor: 'test' });
      return true;
    });
    await until('the detector goes on', BACK_WITHIN_MS, () => /kill switch .* is over: going on\n/.test(log()));
    await decidedAfter(await lastSeq(), BACK_WITHIN_MS);
  });

  await t.test('another detector, in Python, is heard as well', { skip: python?.missing ?? false }, async (t) => {
    const words = ['--turn-seconds', '3', '--name', 'example-py', 'XRPUSDT', 'BNBUSDT'];
    const program = startDetector(python!.command!, words, { REDIS_URL: stack.addresses().redis! });
    t.after(() => program.child.kill('SIGKILL'));
    await until('requests of it are allowed', BACK_WITHIN_MS, async () => {
      const records = await stack.records((await stack.acting())!);
      return records.some(({ detectorSysname, code }) => detectorSysname === 'example-py' && code === 'OK');
    });
    program.child.kill('SIGTERM');
    assert.equal(await program.ended, 0, program.output());
  });

  for (const language of [typescriptDetector, barePythonDetector()]) {
    const name = `in ${language.name}, one that asks first gets a decision, and nothing is ordered`;
    await t.test(name, { skip: language.missing ?? false }, async (t) => {
      const detectorSysname = `asking-${language.name}`;
      const acting = (await stack.acting())!;
      const { inspector, standby, redis } = stack.addresses();
      const env = { REDIS_URL: redis!, INSPECTOR_URL: acting === 'inspector' ? inspector! : standby! };
      const words = ['--ask', '--turn-seconds', '2', '--name', detectorSysname, 'LINKUSDT'];
      const program = startDetector(language.command!, words, env);
      t.after(() => program.child.kill('SIGKILL'));
      await until('it is told that it may', BACK_WITHIN_MS, () => program.output().includes('would order'));
      program.child.kill('SIGTERM');
      assert.equal(await program.ended, 0, program.output());
      const mine = (await stack.records(acting)).filter((record) => record.detectorSysname === detectorSysname);
      assert.ok(mine.length > 0);
      for (const { kind, data } of mine) {
        assert.equal(kind, 'REQUEST_DECIDED');
        assert.equal((data as { check?: boolean }).check, true);
      }
    });
  }

  for (const name of ['detector', 'provider', 'redis', 'questdb']) {
    await t.test(
      `${name} killed: it comes back, requests are decided, and nothing is missing in the copy`,
      async () => {
        const seq = await lastSeq();
        await killed(name);
        await decidedAfter(seq, BACK_WITHIN_MS);
        await standbyFollows(BACK_WITHIN_MS);
        await copiedTo(await lastSeq(), BACK_WITHIN_MS);
      },
    );
  }

  await t.test('the standby killed: it comes back and follows', async () => {
    const acting = await standbyFollows(BACK_WITHIN_MS);
    await killed(processOf[other(acting)]);
    assert.equal(await standbyFollows(BACK_WITHIN_MS), acting);
  });

  await t.test('the one that acts killed: one that has everything takes over, the other one stands by', async () => {
    const before = await standbyFollows(BACK_WITHIN_MS);
    const { epoch, lastSeq: seq } = await stack.instance(before);
    await killed(processOf[before]);
    // As a rule the standby; the one that was killed may be back before its lease has run out.
    const acting = await until('one acts with a higher epoch', BACK_WITHIN_MS, async () => {
      const name = await stack.acting();
      return name !== undefined && (await stack.instance(name)).epoch > epoch && name;
    });
    await decidedAfter(seq, BACK_WITHIN_MS);
    assert.equal(await standbyFollows(BACK_WITHIN_MS), acting);
    // The proxy leads to the one that acts.
    await until('the Provider knows it', BACK_WITHIN_MS, async () => (await lastSeq()) > seq);
    await copiedTo(await lastSeq(), BACK_WITHIN_MS);
  });

  await t.test('no hole in the trail, and no position without a stop for longer than allowed', async () => {
    const acting = (await stack.acting())!;
    const records = await stack.records(acting);
    records.forEach(({ seq }, index) => void assert.equal(seq, index + 1));
    assert.ok(new Set(records.map(({ epoch }) => epoch)).size >= 2, 'the takeover is in it');
    const opened = records.filter(({ kind, code }) => kind === 'POSITION_OPENED' && code === 'RUNTIME');
    assert.ok(opened.length > 0);
    for (const { positionId, ts, seq } of opened) {
      const safe = records.find(
        (record) =>
          record.positionId === positionId &&
          record.seq > seq &&
          (record.kind === 'POSITION_CLOSED' || (record.kind === 'PROTECTION_PLACED' && record.code === 'STOP')),
      );
      const nakedMs = (safe?.ts ?? Date.now()) - ts;
      assert.ok(nakedMs <= NAKED_MAX_MS, `${positionId} of record ${seq} had no stop for ${nakedMs} ms`);
    }
    const { data } = await stack.ask<{ data: { positionId: string; nakedMs: number | null }[] }>(
      '/analysis/post-trade',
    );
    for (const { positionId, nakedMs } of data)
      assert.ok((nakedMs ?? 0) <= NAKED_MAX_MS, `${positionId}: ${nakedMs} ms`);
  });

  await t.test('one line ends it, and no process is left', async () => {
    const { code, output } = await stack.stop();
    assert.equal(code, 0, output);
    assert.equal(await stack.ended, 0, stack.output());
    for (const { name, pid, identity } of stack.seen()) assert.notEqual(identityOf(pid), identity, `${name} is left`);
    assert.deepEqual(openPidFiles(directory).running(), []);
    assert.equal(readState(directory), undefined);
  });
});
