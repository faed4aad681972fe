/** The whole example as its reader starts it: everything is seen, and nothing that it started outlives it. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { scenesAfterKill, scenesBeforeKill } from './story.ts';

const RUN = fileURLToPath(new URL('run.mjs', import.meta.url));
const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
/** A wait that fails the test instead of hanging it; the machine may be busy with other tests. */
const PATIENCE_MS = 120_000;

interface Running {
  child: ChildProcess;
  output(): string;
  ended: Promise<number | null>;
}

function start(t: TestContext, words: readonly string[]): Running {
  // What a killed one leaves behind goes with the test.
  const TMPDIR = mkdtempSync(join(tmpdir(), 'guard-live-account-test-'));
  const env = { PATH: process.env.PATH, TMPDIR };
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => {
    child.kill('SIGTERM');
    rmSync(TMPDIR, { recursive: true, force: true });
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, output: () => output, ended };
}

async function until<T>(ask: () => T | undefined, what: () => string): Promise<T> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = ask();
    if (answer !== undefined) return answer;
    assert.ok(Date.now() < giveUpAt, what());
    await wait(50);
  }
}

/** Ids of the three processes, once they run. */
const programsOf = ({ output }: Running): Promise<number[]> =>
  until(
    () => {
      const line = /runs venue (\d+), inspector (\d+), bot (\d+)/.exec(output());
      return line?.slice(1).map(Number);
    },
    () => `it does not say what it runs\n${output()}`,
  );

/** One that has ended and that nobody has asked about yet counts as ended. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    // Where there is no /proc the signal has told.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && process.platform !== 'linux';
  }
}

test('--script shows every scene, ends with 0, and leaves nothing running', async (t) => {
  const running = start(t, [RUN, '--script']);
  const programs = await programsOf(running);
  const code = await running.ended;
  const scenes = [...scenesBeforeKill, ...scenesAfterKill];
  for (const { what } of scenes) assert.ok(running.output().includes(`✓ ${what}`), `${what}\n${running.output()}`);
  assert.match(running.output(), new RegExp(`All ${scenes.length} things were seen`));
  assert.equal(code, 0);
  assert.deepEqual(programs.filter(isRunning), []);
});

test('^C ends everything that it started, with 0', async (t) => {
  const running = start(t, [RUN]);
  const programs = await programsOf(running);
  assert.deepEqual(programs.map(isRunning), [true, true, true]);
  running.child.kill('SIGINT');
  assert.equal(await running.ended, 0, running.output());
  assert.deepEqual(programs.filter(isRunning), []);
});

test('what it started ends also when it is killed', async (t) => {
  const running = start(t, [MAIN]);
  const programs = await programsOf(running);
  running.child.kill('SIGKILL');
  await until(
    () => (programs.some(isRunning) ? undefined : true),
    () => `still running: ${programs.filter(isRunning)}`,
  );
});

test('bad usage is told and ends with 2', async (t) => {
  const running = start(t, [RUN, '--scrypt']);
  assert.equal(await running.ended, 2);
  assert.match(running.output(), /Unknown option '--scrypt'[\s\S]*--script/);
});
