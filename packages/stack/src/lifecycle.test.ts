/** Starting and ending the stack as a person does, with a real Redis and stand-ins for the four processes. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { redisMissing } from '@inspector/servers';
import { temporaryDirectory } from '#testing/temporary-directory.ts';
import { until } from '#testing/until.ts';
import { openPidFiles } from './pid-files.ts';
import { identityOf } from './process-identity.ts';

const FAKES = fileURLToPath(new URL('./testing/stack-of-fakes.ts', import.meta.url));
const WITHIN_MS = 90_000;
const skip = redisMissing() ?? false;
const PARTS = ['detector', 'inspector-1', 'inspector-2', 'provider', 'redis'];

interface Run {
  child: ChildProcess;
  output(): string;
  ended: Promise<number | null>;
}

/** A QuestDB that is "there", so that none is started, and free ports. */
const free = {
  QUESTDB_URL: 'http://127.0.0.1:1',
  PROVIDER_PORT: '0',
  INSPECTOR_PORT: '0',
  STACK_STANDBY_PORT: '0',
  STACK_REDIS_PORT: '0',
};

function run(t: TestContext, directory: string, words: readonly string[], env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [FAKES, ...words], {
    env: { PATH: process.env.PATH, STACK_DIR: directory, ...free, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  t.after(() => {
    child.kill('SIGKILL');
    for (const { pid } of openPidFiles(directory).running()) process.kill(pid, 'SIGKILL');
  });
  return { child, output: () => output, ended };
}

async function upStack(t: TestContext, directory: string): Promise<Run> {
  const stack = run(t, directory, []);
  await until(`it is up\n${stack.output()}`, WITHIN_MS, () => stack.output().includes('Stop it with ^C'));
  return stack;
}

const names = (directory: string) =>
  openPidFiles(directory)
    .running()
    .map(({ name }) => name)
    .sort();

/** The detector first, then both Inspectors in any order, then the Provider. */
function assertOrder(directory: string): void {
  const ends = readFileSync(join(directory, 'ends'), 'utf8').trim().split('\n');
  assert.deepEqual(
    [ends[0], ...ends.slice(1, 3).sort(), ends[3]],
    ['detector', 'inspector-1', 'inspector-2', 'provider'],
  );
}

test('says what is up and where, and one line ends it in order', { skip }, async (t) => {
  const directory = temporaryDirectory(t);
  const stack = await upStack(t, directory);
  const token = readFileSync(join(directory, 'provider-token'), 'utf8').trim();
  assert.equal(statSync(join(directory, 'provider-token')).mode & 0o077, 0, 'nobody else can read the token');
  assert.match(stack.output(), new RegExp(`Open +http://127\\.0\\.0\\.1:\\d+/#token=${token}\n`));
  assert.match(stack.output(), /Redis +redis:\/\/127\.0\.0\.1:\d+ +started here\n/);
  assert.deepEqual(names(directory), PARTS);

  const status = run(t, directory, ['status']);
  assert.equal(await status.ended, 0);
  for (const { name, pid } of openPidFiles(directory).running()) {
    assert.match(status.output(), new RegExp(`${name} +pid ${pid}\\b`));
  }
  const second = run(t, directory, []);
  assert.equal(await second.ended, 1);
  assert.match(second.output(), /STACK_RUNNING: a stack runs on .* \(pid \d+\)\n.*npm run stack -- stop/);
  assert.deepEqual(names(directory), PARTS, 'the second start has not touched the first');

  const stop = run(t, directory, ['stop']);
  assert.equal(await stop.ended, 0, stop.output());
  assert.equal(await stack.ended, 0, stack.output());
  assert.deepEqual(names(directory), []);
  assertOrder(directory);
  assert.equal(await run(t, directory, ['status']).ended, 1);
  const again = run(t, directory, ['stop']);
  assert.equal(await again.ended, 0);
  assert.match(again.output(), /nothing runs on/);
});

test('^C ends it in order, and Redis after those that use it', { skip }, async (t) => {
  const directory = temporaryDirectory(t);
  const stack = await upStack(t, directory);
  const redis = openPidFiles(directory)
    .running()
    .find(({ name }) => name === 'redis')!;
  let hasSeenOrder = false;
  const looking = setInterval(() => {
    if (existsSync(join(directory, 'ends')) && readFileSync(join(directory, 'ends'), 'utf8').includes('detector'))
      hasSeenOrder ||= identityOf(redis.pid) === redis.identity;
  }, 5);
  stack.child.kill('SIGINT');
  assert.equal(await stack.ended, 0, stack.output());
  clearInterval(looking);
  assertOrder(directory);
  assert.ok(hasSeenOrder, 'Redis outlives the detector');
  assert.equal(identityOf(redis.pid), undefined);
});

test('what a stack that was killed leaves is told, and ended by stop or by the next start', { skip }, async (t) => {
  for (const ending of ['stop', 'start']) {
    const directory = temporaryDirectory(t);
    const stack = await upStack(t, directory);
    stack.child.kill('SIGKILL');
    await stack.ended;
    // Those that have a channel end with it, the servers by their guard; the detector knows of neither.
    await until('only the detector is left', WITHIN_MS, () => names(directory).join() === 'detector');
    const status = run(t, directory, ['status']);
    assert.equal(await status.ended, 1);
    assert.match(status.output(), /no stack runs on[\s\S]*detector +pid \d+[\s\S]*left by one that was killed/);
    const left = openPidFiles(directory).running()[0]!;
    if (ending === 'stop') {
      const stop = run(t, directory, ['stop']);
      assert.equal(await stop.ended, 0, stop.output());
      assert.match(stop.output(), new RegExp(`ended what was left: detector, pid ${left.pid}`));
      assert.deepEqual(names(directory), []);
    } else {
      const next = await upStack(t, directory);
      assert.match(next.output(), new RegExp(`ended what was left: detector, pid ${left.pid}`));
      assert.deepEqual(names(directory), PARTS);
      next.child.kill('SIGTERM');
      assert.equal(await next.ended, 0, next.output());
    }
    assert.equal(identityOf(left.pid), undefined);
  }
});

test('a port that is taken is named with its variable, and nothing is left', { skip }, async (t) => {
  const directory = temporaryDirectory(t);
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.after(() => server.close());
  const { port } = server.address() as { port: number };
  const stack = run(t, directory, [], { STACK_STANDBY_PORT: String(port) });
  assert.equal(await stack.ended, 1);
  assert.match(stack.output(), new RegExp(`PORT_IN_USE: [^\n]*\n  ${port} of standby .*STACK_STANDBY_PORT`));
  assert.deepEqual(names(directory), []);
});

test('without Redis it says how to get one', async (t) => {
  const directory = temporaryDirectory(t);
  const stack = run(t, directory, [], { PATH: directory });
  assert.equal(await stack.ended, 1);
  assert.match(stack.output(), /REDIS_MISSING: .*redis-server.*\n.*apt-get install redis-server/);
});

test('a Redis that was named and does not answer is told, and none is started instead', async (t) => {
  const directory = temporaryDirectory(t);
  const stack = run(t, directory, [], { EVENT_BUS_URL: 'redis://:secret@127.0.0.1:1' });
  assert.equal(await stack.ended, 1);
  assert.match(stack.output(), /REDIS_UNAVAILABLE: Redis at redis:\/\/127\.0\.0\.1:1 does not answer/);
  assert.doesNotMatch(stack.output(), /secret/);
});

test('what is not understood exits with 2 and says what is', async (t) => {
  for (const words of [['restart'], ['stop', 'now'], ['--fast']]) {
    const stack = run(t, temporaryDirectory(t), words);
    assert.equal(await stack.ended, 2);
    assert.match(stack.output(), /USAGE: [\s\S]*npm run stack -- stop/);
  }
  const help = run(t, temporaryDirectory(t), ['--help']);
  assert.equal(await help.ended, 0);
});
