import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryDirectory } from '#testing/temporary-directory.ts';
import { until } from '#testing/until.ts';
import { keepProgram } from './keep-program.ts';
import { openPidFiles } from './pid-files.ts';
import { identityOf } from './process-identity.ts';

const WITHIN_MS = 20_000;

function kept(t: TestContext, script: string, isReady = () => true) {
  const directory = temporaryDirectory(t);
  const pidFiles = openPidFiles(directory);
  const said: string[] = [];
  const logFile = join(directory, 'log');
  const program = keepProgram(
    {
      name: 'part',
      command: [process.execPath, '-e', script],
      env: { PATH: process.env.PATH },
      logFile,
      hasChannel: false,
      isReady: async () => isReady(),
    },
    { pidFiles, say: (message) => said.push(message) },
  );
  t.after(() => program.kill());
  const pid = () => pidFiles.running().find(({ name }) => name === 'part')?.pid;
  return { program, said, logFile, pid };
}

test('a program that is killed is said and started again, and ends when it is told to', async (t) => {
  const { program, said, logFile, pid } = kept(t, 'console.log("up"); setInterval(() => {}, 1000)');
  await program.untilReady();
  await until('it has begun', WITHIN_MS, () => readFileSync(logFile, 'utf8') === 'up\n');
  const first = await until('it runs', WITHIN_MS, pid);
  process.kill(first, 'SIGKILL');
  const second = await until('it runs again', WITHIN_MS, () => (pid() === first ? undefined : pid()));
  assert.deepEqual(said, ['part ended with SIGKILL; again in 0.5 s']);
  await until('both have said so in one log', WITHIN_MS, () => readFileSync(logFile, 'utf8') === 'up\nup\n');
  await program.stop();
  assert.equal(identityOf(second), undefined);
  assert.equal(pid(), undefined);
  assert.equal(said.length, 1, 'an end that was wanted is no news');
});

test('a program that refuses its settings is given up at once, with the end of its log', async (t) => {
  const { program, said, logFile } = kept(t, 'console.error("PORT must be a port"); process.exitCode = 2', () => false);
  await assert.rejects(program.untilReady(), {
    code: 'PROGRAM_FAILED',
    message: 'part ended with code 2 and is not started again',
    details: [`${logFile}:`, '  PORT must be a port'],
  });
  assert.equal(said.length, 1);
  await program.stop();
});

test('a program that is not there is tried again, and stopping ends the trying', async (t) => {
  const directory = temporaryDirectory(t);
  const said: string[] = [];
  const program = keepProgram(
    {
      name: 'part',
      command: [join(directory, 'none')],
      env: {},
      logFile: join(directory, 'log'),
      hasChannel: false,
      isReady: async () => true,
    },
    { pidFiles: openPidFiles(directory), say: (message) => said.push(message) },
  );
  await until('it is tried twice', WITHIN_MS, () => said.length >= 2);
  assert.match(said[0]!, /ENOENT; again in 0\.5 s/);
  await program.stop();
  assert.ok(existsSync(join(directory, 'log')));
});
