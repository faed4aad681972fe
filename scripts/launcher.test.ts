/** The program and what starts it end together, whichever is told to end, and however. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const LAUNCHER = fileURLToPath(new URL('inspector.mjs', import.meta.url));

interface Launched {
  launcher: ChildProcess;
  program: number;
  ended: Promise<number | null>;
}

async function launched(t: TestContext): Promise<Launched> {
  const data = mkdtempSync(join(tmpdir(), 'inspector-launcher-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const env = { PATH: process.env.PATH, INSPECTOR_DATA_DIR: data, INSPECTOR_PORT: '0', PROVIDER_PORT: '0' };
  const launcher = spawn(process.execPath, [LAUNCHER, 'up'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => launcher.kill('SIGKILL'));
  const ended = new Promise<number | null>((resolve) => launcher.once('exit', resolve));
  for await (const line of createInterface({ input: launcher.stdout })) {
    if ((JSON.parse(line) as { msg: string }).msg === 'Inspector is up') break;
  }
  launcher.stdout.resume();
  const { pid } = JSON.parse(readFileSync(join(data, 'holder.json'), 'utf8')) as { pid: number };
  t.after(() => isRunning(pid) && process.kill(pid, 'SIGKILL'));
  return { launcher, program: pid, ended };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<void> {
  for (let tries = 0; tries < 300 && isRunning(pid); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(isRunning(pid), false, 'the program has ended');
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} to the launcher ends the program in order`, async (t) => {
    const { launcher, program, ended } = await launched(t);
    assert.notEqual(program, launcher.pid);
    launcher.kill(signal);
    assert.equal(await ended, 0);
    await gone(program);
  });
}

test('the program ends when its launcher is killed', async (t) => {
  const { launcher, program } = await launched(t);
  launcher.kill('SIGKILL');
  await gone(program);
});

test('the launcher ends with an error when the program is killed', async (t) => {
  const { program, ended } = await launched(t);
  process.kill(program, 'SIGKILL');
  assert.equal(await ended, 1);
});
