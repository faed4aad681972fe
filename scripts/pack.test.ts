/** The packed program in an empty folder. Takes a minute and the registry, so it runs when asked for: `npm run test:pack`. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const skip = process.env.TEST_PACK === '1' ? false : 'npm run test:pack runs it';

interface Manifest {
  dependencies?: Record<string, string>;
}

const manifestOf = (path: string): Manifest =>
  JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as Manifest;

test('the root lists what the packages depend on, in the same versions', () => {
  const names = ['cli', 'contract', 'engine', 'inspector', 'provider', 'service'];
  const needed = names.flatMap((name) => Object.entries(manifestOf(`packages/${name}`).dependencies ?? {}));
  const foreign = needed.filter(([name]) => !name.startsWith('@inspector/'));
  assert.deepEqual(manifestOf('.').dependencies, Object.fromEntries(foreign.sort(([a], [b]) => (a < b ? -1 : 1))));
});

test('installed from its tarball in an empty folder the program runs the same', { skip }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'inspector-pack-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const run = (command: string, args: string[], cwd: string): string => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env: clean() });
    assert.equal(status, 0, `${command} ${args.join(' ')}\n${stdout}${stderr}`);
    return stdout;
  };
  const tarball = run('npm', ['pack', '--silent', '--pack-destination', folder], root).trim().split('\n').at(-1)!;
  const home = join(folder, 'home');
  mkdirSync(home);
  run('npm', ['install', '--no-audit', '--no-fund', join(folder, tarball)], home);

  assert.equal(run('npx', ['inspector', '--version'], home).trim(), '0.1.0');
  assert.match(run('npx', ['inspector', 'drill', '--runs', '1', '--scenario', 'calm'], home), /calm +1\/1/);

  const program = spawn('npx', ['inspector', 'up'], {
    cwd: home,
    env: { ...clean(), INSPECTOR_PORT: '0', PROVIDER_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  t.after(() => {
    try {
      process.kill(-program.pid!, 'SIGKILL');
    } catch {
      // It has ended, as it should.
    }
  });
  for await (const line of createInterface({ input: program.stdout })) {
    const { event, msg, inspector, open } = JSON.parse(line) as Record<string, string>;
    if (msg === 'Inspector is up') {
      assert.equal((await fetch(`${inspector}/api/inspector/health`)).status, 200);
      const page = await (await fetch(open!)).text();
      const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1];
      assert.ok(script, 'the page is Studio, as it was built');
      assert.equal((await fetch(new URL(script, open))).status, 200);
    }
    if (event === 'PROTECTED') process.kill(-program.pid!, 'SIGTERM');
    if (msg?.startsWith('stopped in ')) return;
  }
  assert.fail('the program ended without a protected position and an orderly stop');
});

/** As a user's shell has it: nothing of npm or of this test run. */
function clean(): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  const outside = (PATH ?? '').split(':').filter((entry) => !entry.startsWith(root));
  return { PATH: outside.join(':'), HOME };
}
