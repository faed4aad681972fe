/**
 * The image, as far as it can be told without Docker. The steps themselves take the registry and a minute, so they are run
 * when asked for: `TEST_IMAGE=1 node scripts/test.mjs deploy/dockerfile.test.ts`.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { deployPath } from './checks/deploy-file.ts';
import { dockerfileStages, type Instruction, isInContext } from './checks/dockerfile.ts';

const skip = process.env.TEST_IMAGE === '1' ? false : 'TEST_IMAGE=1 runs it';
const root = deployPath('..');
const stages = dockerfileStages();
const final = stages.at(-1)!;
const instruction = (name: string): Instruction => final.instructions.find((each) => each.name === name)!;
const healthcheck = instruction('HEALTHCHECK');
const WITHIN_MS = 120_000;

test('it runs the Node.js that the project pins, as somebody who is not root, and hears signals itself', () => {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    optionalDependencies: { node: string };
  };
  const named = stages.map(({ name }) => name);
  for (const { from } of stages) {
    assert.ok(named.includes(from) || from === `node:${optionalDependencies.node}-slim`, from);
  }
  assert.match(instruction('USER').text, /^[1-9]\d*:[1-9]\d*$/, 'a number, which Kubernetes can check');
  for (const name of ['ENTRYPOINT', 'CMD', 'HEALTHCHECK'])
    assert.ok(instruction(name).isExec, `${name} without a shell`);
  assert.equal(instruction('ENTRYPOINT').words[0], 'node');
  assert.ok(!healthcheck.text.includes('curl'));
  assert.ok(Number.parseInt(healthcheck.flags.timeout!, 10) > 8, 'longer than the probe');
});

test('what it copies is there and in the context; tests, secrets and what a machine has left are not', () => {
  for (const { name, instructions } of stages) {
    for (const { name: what, flags, words } of instructions) {
      assert.notEqual(what, 'ADD');
      if (what !== 'COPY' || flags.from !== undefined) continue;
      for (const source of words.slice(0, -1)) {
        assert.ok(existsSync(join(root, source)), `${name}: ${source}`);
        assert.ok(isInContext(source), `${name}: ${source} is not in the context`);
      }
    }
  }
  for (const [path, isIn] of Object.entries({
    'packages/cli/src/main.ts': true,
    'packages/cli/package.json': true,
    'packages/cli/src/up/up.test.ts': false,
    'packages/service/node_modules/a/index.js': false,
    'node_modules/a/index.js': false,
    'data/provider-token': false,
    'deploy/secrets/inspector_api_token': false,
    'deploy/.env': false,
    '.git/config': false,
  })) {
    assert.equal(isInContext(path), isIn, path);
  }
});

test('its steps, run one by one, give a program that starts as a stranger to its own folder', { skip }, async (t) => {
  const place = mkdtempSync(join(tmpdir(), 'inspector-image-'));
  t.after(() => rmSync(place, { recursive: true, force: true }));
  chmodSync(place, 0o755);
  const home = join(place, 'image');
  const built = new Map<string, Build>();
  for (const { name, from, instructions } of stages) {
    const base = built.get(from);
    // Every stage is built in one place, as in an image: the compile cache goes by the files' paths.
    const build: Build = { home, store: join(place, name || 'final'), env: { ...base?.env }, cwd: base?.cwd ?? '/' };
    if (base) cpSync(base.store, home, { recursive: true, verbatimSymlinks: true });
    else mkdirSync(home);
    for (const each of instructions) take(each, build, built);
    renameSync(home, build.store);
    built.set(name, build);
  }
  const { env, cwd, store } = built.get('')!;
  renameSync(store, home);
  assert.equal(spawnSync('chmod', ['-R', 'a-w', join(home, 'app')]).status, 0);
  const before = contents(join(home, 'app'));
  assert.ok(
    before.some((path) => path.endsWith('packages/studio/dist/index.html')),
    'the page is in it',
  );

  const asAnother = asUser(instruction('USER').text);
  const [, ...words] = [...instruction('ENTRYPOINT').words, ...instruction('CMD').words];
  const program = spawn(process.execPath, words, {
    cwd: join(home, cwd),
    env: {
      ...clean(),
      ...moved(env, home),
      NODE_DEBUG_NATIVE: 'COMPILE_CACHE',
      INSPECTOR_PORT: '0',
      PROVIDER_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...asAnother,
  });
  let taken = 0;
  createInterface({ input: program.stderr }).on('line', (line) => {
    if (line.includes('was accepted')) taken += 1;
  });
  t.after(() => void program.kill('SIGKILL'));
  const port = await portOf(program);
  const [, ...probe] = healthcheck.words;
  const probed = spawnSync(process.execPath, probe, {
    cwd: join(home, cwd),
    env: { ...clean(), INSPECTOR_PORT: port },
    encoding: 'utf8',
    ...asAnother,
  });
  assert.equal(probed.status, 0, probed.stdout);
  assert.match(probed.stdout, /alive/);
  const ended = once(program, 'exit');
  program.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null], 'it stops in order');
  assert.ok(readdirSync(join(home, 'data')).includes('inspector.db'));
  assert.deepEqual(contents(join(home, 'app')), before, 'nothing was written beside the data directory');
  assert.ok(taken > 100, `the image's compile cache serves, although it cannot be written: ${taken} modules`);
  assert.ok(
    !before.some((path) => /\.test\.ts$|node_modules\/(typescript|@biomejs|node)\//.test(path)),
    'no tests or tools',
  );
});

interface Build {
  /** Stands for `/` while a stage is built, and where it is kept afterwards. */
  home: string;
  store: string;
  user?: string;
  env: Record<string, string>;
  cwd: string;
}

function take({ name, text, flags, words }: Instruction, build: Build, built: ReadonlyMap<string, Build>): void {
  const { home } = build;
  const here = join(home, build.cwd);
  switch (name) {
    case 'WORKDIR':
      build.cwd = text;
      mkdirSync(join(home, text), { recursive: true });
      break;
    case 'USER':
      build.user = text;
      break;
    case 'ENV':
      for (const [, key, value] of text.matchAll(/(\w+)=(\S+)/g)) build.env[key!] = value!;
      break;
    case 'COPY':
      copy(words, here, flags.from === undefined ? undefined : built.get(flags.from)!.store);
      break;
    case 'RUN': {
      const path = `${dirname(process.execPath)}:${clean().PATH}`;
      const env = { ...clean(), ...network(), ...moved(build.env, home), PATH: path };
      const command = moved({ text }, home).text!;
      const { status } = spawnSync('sh', ['-euc', command], {
        cwd: here,
        env,
        stdio: ['ignore', 2, 2],
        ...(build.user === undefined ? {} : asUser(build.user)),
      });
      assert.equal(status, 0, `RUN ${text}`);
      break;
    }
    default:
      break;
  }
}

/** As `uid:gid` where this may be; else as oneself. */
function asUser(user: string): { uid?: number; gid?: number } {
  const [uid, gid] = user.split(':').map(Number);
  return process.getuid?.() === 0 ? { uid: uid!, gid: gid! } : {};
}

/** From the checkout as the build sees it, or from another stage. */
function copy(words: string[], here: string, otherHome: string | undefined): void {
  const target = words.at(-1)!;
  for (const source of words.slice(0, -1)) {
    const from = join(otherHome ?? root, source);
    const isFolder = statSync(from).isDirectory();
    const to = isFolder || !target.endsWith('/') ? join(here, target) : join(here, target, source.split('/').at(-1)!);
    cpSync(from, to === join(here, './') && !isFolder ? join(here, source) : to, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => otherHome !== undefined || isInContext(relative(root, path)),
    });
  }
}

/** What names the image's folders names those of here. */
const moved = (values: Record<string, string>, home: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, value.replace(/(^|\s)\/(app|data)\b/g, `$1${home}/$2`)]),
  );

async function portOf(program: ChildProcess): Promise<string> {
  const timer = setTimeout(() => program.kill('SIGKILL'), WITHIN_MS);
  const lines = createInterface({ input: program.stdout! });
  for await (const line of lines) {
    const { msg, inspector } = JSON.parse(line) as Record<string, string>;
    if (msg !== 'Inspector is up') continue;
    clearTimeout(timer);
    lines.removeAllListeners();
    program.stdout!.resume();
    return new URL(inspector!).port;
  }
  return assert.fail('the program ended without being up');
}

/** Every file with its size and time. */
function contents(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => {
      const { size, mtimeMs } = statSync(join(folder, name), { throwIfNoEntry: false }) ?? { size: 0, mtimeMs: 0 };
      return `${name} ${size} ${mtimeMs}`;
    })
    .sort();
}

/** As a build machine has it: nothing of npm or of this test run. */
function clean(): Record<string, string> {
  const { PATH = '', HOME = '/' } = process.env;
  const outside = PATH.split(':').filter((entry) => !entry.startsWith(root));
  return { PATH: outside.join(':'), HOME };
}

/** This machine's way to its registry, which a build takes as arguments or secrets. */
function network(): Record<string, string> {
  const names = /^(https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_file|npm_config_(registry|cafile))$/i;
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value = '']) => (names.test(name) ? [[name, value]] : [])),
  );
}
