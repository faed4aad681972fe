import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryDirectory } from '#testing/temporary-directory.ts';
import { endLeftovers } from './end-leftovers.ts';
import { openPidFiles } from './pid-files.ts';

function sleeper(t: TestContext): ChildProcess {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

test('ends what a stack has left, those that use a server before it', async (t) => {
  const directory = temporaryDirectory(t);
  const files = openPidFiles(directory);
  const ends = join(directory, 'ends');
  for (const name of ['redis', 'inspector-1', 'detector', 'provider']) {
    const script = `trap 'echo ${name} >>"$0"; exit' TERM; echo up; while :; do sleep 0.02; done`;
    const child = spawn('sh', ['-c', script, ends], { stdio: ['ignore', 'pipe', 'ignore'] });
    t.after(() => child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    files.note(name, child.pid!);
  }
  const ended = await endLeftovers(directory);
  assert.deepEqual(
    ended.map(({ name }) => name),
    ['detector', 'inspector-1', 'provider', 'redis'],
  );
  assert.equal(readFileSync(ends, 'utf8'), 'detector\ninspector-1\nprovider\nredis\n');
  assert.deepEqual(readdirSync(join(directory, 'run')), []);
});

test('a stranger that has got the pid of one that ended is let alone', async (t) => {
  const directory = temporaryDirectory(t);
  const files = openPidFiles(directory);
  const stranger = sleeper(t);
  files.note('provider', stranger.pid!);
  const file = join(directory, 'run/provider.json');
  const noted = JSON.parse(readFileSync(file, 'utf8')) as { identity: string };
  writeFileSync(file, JSON.stringify({ ...noted, identity: `${noted.identity}0` }));
  assert.deepEqual(await endLeftovers(directory), []);
  assert.equal(stranger.exitCode ?? stranger.signalCode, null);
});

test('a pid file that a crash has cut, and one of a process that has ended, stand for nothing', async (t) => {
  const directory = temporaryDirectory(t);
  const files = openPidFiles(directory);
  const child = sleeper(t);
  files.note('redis', child.pid!);
  child.kill('SIGKILL');
  await once(child, 'exit');
  writeFileSync(join(directory, 'run/detector.json'), '{"name":"detector","pi');
  assert.deepEqual(files.running(), []);
  assert.deepEqual(await endLeftovers(directory), []);
});
